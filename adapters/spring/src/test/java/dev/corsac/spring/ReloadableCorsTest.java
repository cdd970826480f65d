package dev.corsac.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.CorsPolicy;
import dev.corsac.InvalidPolicyException;
import dev.corsac.PolicyRule;
import dev.corsac.finding.Finding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReloadableCorsTest {
  private static final String BEFORE = "allow_origins: [\"https://example.com\"]";

  private final Map<String, Object> properties =
      new HashMap<>(Map.of("corsac.cors.allow-origins", "https://example.com"));

  private final ReloadableCors cors =
      new ReloadableCors(new Settings().changing(properties).environment());

  @Test
  void reload_readsThePropertiesAsTheyAreNow() {
    properties.put("corsac.cors.allow-origins", "https://example.org,http://example.net");
    assertThat(cors).hasToString(BEFORE);

    cors.reload();

    assertThat(cors)
        .hasToString("allow_origins: [\"https://example.org\", \"http://example.net\"]");
    assertThat(cors.findings())
        .extracting(Finding::rule)
        .containsExactly(PolicyRule.INSECURE_ORIGIN);
  }

  @Test
  void reload_ofAWrongPolicy_isRefusedWithAllErrors_andTheOldOneStays() {
    properties.put("corsac.cors.allow-origins", "https://example.org/");
    properties.put("corsac.cors.max-age", "2d");
    properties.put("corsac.cors.explane", "true");

    assertThatThrownBy(cors::reload)
        .isInstanceOfSatisfying(
            InvalidPolicyException.class,
            e ->
                assertThat(e.findings())
                    .extracting(Finding::where)
                    .containsExactlyInAnyOrderElementsOf(
                        List.of(
                            "corsac.cors.allow-origins[0]",
                            "corsac.cors.max-age",
                            "corsac.cors.explane")));
    assertThat(cors).hasToString(BEFORE);
  }

  @Test
  void replace_putsAnotherPolicyInForce_untilTheNextReload() {
    cors.replace(CorsPolicy.builder().allowAnyOrigin().build());
    assertThat(cors).hasToString("allow_origins: [\"*\"]");
    assertThat(cors.findings()).extracting(Finding::rule).containsExactly(PolicyRule.ANY_ORIGIN);

    cors.reload();
    assertThat(cors).hasToString(BEFORE);
    assertThat(cors.findings()).isEmpty();
  }
}
