package dev.corsac.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.CorsPolicy;
import dev.corsac.CorsRequest;
import dev.corsac.InvalidPolicyException;
import dev.corsac.Shadow;
import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
  void candidates_countFromTheReadingOn_whatIsServed() {
    properties.put("corsac.shadow.allow-origins", "https://example.org");
    properties.put("corsac.hosts", "api.example.com");
    properties.put("corsac.routes[0].path", "/own/**");
    properties.put("corsac.routes[0].cors.allow-origins", "*");
    properties.put("corsac.routes[1].path", "/first/**");
    properties.put("corsac.routes[2].path", "/none/**");
    properties.put("corsac.routes[2].shadow", "off");
    List<Map<String, Shadow>> told = new ArrayList<>();
    cors.followShadows(told::add);
    cors.reload();

    assertThat(cors.shadows()).containsOnlyKeys("default");
    Shadow shadow = Objects.requireNonNull(cors.shadows().get("default"));
    for (String path : List.of("/own/a", "/first/a", "/none/a", "/other")) {
      cors.shadowed().decide(new Asked("api.example.com", path));
    }
    assertThat(shadow.wouldBlock()).isEqualTo(2);
    cors.shadowed().decide(new Asked("evil.example", "/other"));
    cors.decide(new Asked("api.example.com", "/other"));
    assertThat(List.of(shadow.wouldBlock(), shadow.wouldAllow(), shadow.agreed()))
        .containsExactly(2L, 0L, 0L);

    cors.reload();
    assertThat(cors.shadows().values()).singleElement().isNotSameAs(shadow);
    cors.replace(CorsPolicy.builder().allowAnyOrigin().build());
    assertThat(cors.shadows()).isEmpty();
    assertThat(told).extracting(Map::size).containsExactly(0, 1, 1, 0);
  }

  private record Asked(String host, String path) implements CorsRequest {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public @Nullable String header(String name) {
      return name.equals("Origin") ? "https://example.com" : name.equals("Host") ? host : null;
    }

    @Override
    public List<String> headers(String name) {
      return Stream.ofNullable(header(name)).toList();
    }
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
