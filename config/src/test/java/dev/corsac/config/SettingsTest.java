package dev.corsac.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.corsac.Cors;
import dev.corsac.InvalidPolicyException;
import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that stand in no file. */
class SettingsTest {
  private final List<Finding> warnings = new ArrayList<>();

  @TempDir private Path directory = Path.of("replaced by JUnit");

  @Test
  void onePolicy() throws Exception {
    Cors cors =
        read(
            Map.of(
                "cors",
                Map.of(
                    "allow_origins",
                    List.of("https://example.com"),
                    "allow_origin_regex",
                    "https://pr-[0-9]+\\.example\\.com",
                    "allow_credentials",
                    true,
                    "max_age",
                    3600)));

    assertThat(cors.toString())
        .isEqualTo(
            """
            allow_origins: ["https://example.com"]
            allow_credentials: true
            max_age: 3600\
            """);
    assertThat(warnings).isEmpty();
    Files.writeString(directory.resolve("corsac.yaml"), "cors:\n" + cors.toString().indent(2));
    assertThat(ConfigLoader.load(directory.resolve("corsac.yaml"), Map.of()).findings()).isEmpty();
  }

  @Test
  void routes_readBack() throws Exception {
    Cors cors =
        read(
            Map.of(
                "cors", Map.of("allow_origins", List.of("https://example.com")),
                "routes",
                    List.of(
                        Map.of("path", "/public/**", "cors", Map.of("allow_origins", List.of("*"))),
                        Map.of("path", "/internal/**", "cors", "off"),
                        Map.of("path", "/api"))));

    assertThat(cors.toString()).contains("path: \"/internal/**\"\n    cors:\n      off");
    assertThat(warnings)
        .extracting(Finding::rule, Finding::where)
        .containsExactly(tuple(PolicyRule.ANY_ORIGIN, "routes[0].cors.allow_origins[0]"));
    Path file = Files.writeString(directory.resolve("corsac.yaml"), cors + "\n");
    CorsacConfig config = ConfigLoader.load(file, Map.of()).config().orElseThrow();
    assertThat(config.routes())
        .extracting(route -> route.cors().map(Object::toString).orElse("off"))
        .containsExactly(
            "allow_origins: [\"*\"]",
            "off",
            "allow_origins: [\"https://example.com\"]",
            "allow_origins: [\"https://example.com\"]");
  }

  @Test
  void everyErrorAtOnce_eachAtItsPath() {
    Map<String, Object> settings =
        Map.of(
            "routes",
            List.of(
                Map.of(
                    "path",
                    "api",
                    "cors",
                    Map.of("allow_origins", List.of("https://example.com", "https://a.com/"))),
                Map.of("path", "/x", "upstream", "http://localhost")),
            "listen",
            "127.0.0.1:8000",
            "allow-origins",
            "*");

    assertThatThrownBy(() -> read(settings))
        .isInstanceOfSatisfying(
            InvalidPolicyException.class,
            e ->
                assertThat(e.findings())
                    .extracting(Finding::where)
                    .containsExactlyInAnyOrder(
                        "routes[0].path",
                        "routes[0].cors.allow_origins[1]",
                        "routes[1].upstream",
                        "listen",
                        "allow-origins"))
        .hasMessageContaining(
            "\"allow-origins\" is not a key of the settings. Fix: Move it below cors:")
        .hasMessageContaining("Write \"https://a.com\".");
  }

  @Test
  void development_isNotToldWhatMattersWhereStrangersCome() {
    Map<String, Object> settings =
        Map.of("cors", Map.of("allow_origins", List.of("http://localhost:*"), "explain", "true"));

    ConfigLoader.read(settings, List.of("cloud", "dev"), warnings::add);
    assertThat(warnings).isEmpty();
    ConfigLoader.read(settings, List.of("cloud"), warnings::add);
    assertThat(warnings)
        .extracting(Finding::rule)
        .containsExactlyInAnyOrder(PolicyRule.LOOPBACK_ORIGIN, FileRule.EXPLAIN_PRODUCTION);
  }

  @Test
  void nothing_isOff() {
    assertThat(read(Map.of())).isSameAs(Cors.off());
    assertThat(read(Map.of("cors", "off"))).isSameAs(Cors.off());
  }

  private Cors read(Map<String, ?> settings) {
    return ConfigLoader.read(settings, List.of(), warnings::add);
  }
}
