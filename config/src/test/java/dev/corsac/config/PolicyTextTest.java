package dev.corsac.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.CorsPolicy;
import dev.corsac.finding.PolicyRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of a policy by itself, which a stranger may have written. */
class PolicyTextTest {

  @Test
  void policy_isRead_andItsFindingsHaveTheirPlaces() {
    ConfigResult result =
        ConfigLoader.loadPolicy("p.yaml", "cors:\n  allow_origins: [https://example.com, \"*\"]\n");
    assertThat(result.config().orElseThrow().cors()).isPresent();
    assertThat(result.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.finding().rule()).isEqualTo(PolicyRule.ANY_ORIGIN);
              assertThat(finding.file()).isEqualTo("p.yaml");
              assertThat(finding.line()).isEqualTo(2);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upstream: http://127.0.0.1:22",
        "tls: {certificate: a, key: b}",
        "routes: [{path: /**, site: {folder: /}}]",
        "profiles: {production: {}}",
        "cros: {}",
        "cors: {allow_origins_from: [file: /etc/hostname]}",
        "cors: {allow_origins: [\"${HOME}\"]}",
        "cors: {allow_origins: [https://example.com/]}",
        "cors: [",
        "- cors"
      })
  void whatIsNoPolicyByItself_isAnError(String text) {
    assertThat(ConfigLoader.loadPolicy("p.yaml", text).config()).isEmpty();
  }

  @Test
  void policyAsItPrintsItself_isReadAsTheSamePolicy() {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("https://" + "a.".repeat(120) + "example", "https://*.example.com:*")
            .allowHeaders("X-" + "Long".repeat(40))
            .build();
    String cors = ("cors:\n" + policy).replace("\n", "\n  ");
    assertThat(ConfigLoader.loadPolicy("p.yaml", cors).config().orElseThrow().cors())
        .hasValueSatisfying(read -> assertThat(read).hasToString(policy.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"allow_headers: ", "allow_origins: [*", "allow_origins: *"})
  void hugeValue_isNotRepeated(String before) {
    ConfigResult result =
        ConfigLoader.loadPolicy("p.yaml", "cors:\n  " + before + "x".repeat(1_000_000));
    assertThat(result.findings())
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.toString().length()).isLessThan(2_000));
  }

  @Test
  void tooLongAText_isNotRead() {
    ConfigResult result = ConfigLoader.loadPolicy("p.yaml", "#".repeat(YamlParser.MAX_LENGTH + 1));
    assertThat(result.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.finding().message()).contains("larger than"));
  }

  @Test
  void nothing_isNoPolicy() {
    assertThat(ConfigLoader.loadPolicy("p.yaml", "cors: off\n").config().orElseThrow().cors())
        .isEmpty();
  }
}
