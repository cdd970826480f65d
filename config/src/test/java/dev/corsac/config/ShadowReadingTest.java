package dev.corsac.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.CorsPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShadowReadingTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aRouteHasTheFilesCandidate_unlessItHasAPolicyOrACandidateOfItsOwn() throws IOException {
    CorsacConfig config =
        ConfigLoader.load(
                file(
                    """
                    upstream: http://127.0.0.1:9000
                    cors: { allow_origins: ["https://a.example"] }
                    shadow: { allow_origins: ["https://b.example"] }
                    routes:
                      - path: /inherits
                      - path: /own-policy
                        cors: { allow_origins: ["https://a.example"] }
                      - path: /own-candidate
                        shadow: { allow_origins: ["https://c.example"] }
                      - path: /none
                        shadow: off
                      - path: /both
                        cors: off
                        shadow: { allow_origins: ["https://d.example"] }
                    """),
                Map.of())
            .config()
            .orElseThrow();

    assertThat(config.shadow().map(CorsPolicy::allowedOrigins))
        .contains(List.of("https://b.example"));
    assertThat(config.routes())
        .extracting(route -> route.shadow().map(CorsPolicy::allowedOrigins))
        .containsExactly(
            Optional.of(List.of("https://b.example")),
            Optional.empty(),
            Optional.of(List.of("https://c.example")),
            Optional.empty(),
            Optional.of(List.of("https://d.example")));
  }

  @Test
  void aCandidateIsCheckedAsAPolicyIs() throws IOException {
    List<FileFinding> findings =
        ConfigLoader.lint(
            file(
                """
                upstream: http://127.0.0.1:9000
                cors: { allow_origins: ["https://a.example"] }
                shadow:
                  allow_origins: ["https://EXAMPLE.com"]
                routes:
                  - path: /x
                    shadow: { allow_origins: ["*"], allow_credentials: true }
                """),
            Map.of());
    assertThat(findings)
        .extracting(each -> each.line() + " " + each.finding().rule().id())
        .contains("4 origin-upper-case", "7 any-origin-credentials");
  }

  @Test
  void loadAll_readsTheFileByItselfAndWithEachProfile() throws IOException {
    Map<String, ConfigResult> all =
        ConfigLoader.loadAll(
            file(
                """
                upstream: http://127.0.0.1:9000
                cors: { allow_origins: ["https://a.example"] }
                profiles:
                  development: { cors: { allow_origins: ["http://localhost:*"] } }
                  broken: { cors: { allow_origins: ["example"] } }
                """),
            Map.of("CORSAC_ENV", "development"));
    assertThat(all).containsOnlyKeys("", "development", "broken");
    assertThat(origins(all, "")).containsExactly("https://a.example");
    assertThat(origins(all, "development")).containsExactly("http://localhost:*");
    assertThat(reading(all, "broken").config()).isEmpty();
    assertThat(reading(all, "broken").findings()).isNotEmpty();
  }

  private static List<String> origins(Map<String, ConfigResult> all, String profile) {
    return reading(all, profile).config().orElseThrow().cors().orElseThrow().allowedOrigins();
  }

  private static ConfigResult reading(Map<String, ConfigResult> all, String profile) {
    return Objects.requireNonNull(all.get(profile));
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("corsac.yaml"), yaml);
  }
}
