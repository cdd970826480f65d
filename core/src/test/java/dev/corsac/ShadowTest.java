package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShadowTest {
  private static final String OLD = "https://old.example";
  private static final String NEW = "https://new.example";

  private final List<String> lines = new ArrayList<>();

  @Test
  void countsAndTells_whatTheCandidateWouldDecideOtherwise() {
    Shadow shadow = new Shadow(policy(NEW).build(), lines::add);
    Cors observed = policy(OLD).build().observedBy(shadow);

    assertThat(get(observed, Map.of("Origin", NEW)).reason()).isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
    assertThat(get(observed, Map.of("Origin", OLD)).reason()).isEqualTo(Reason.ORIGIN_ALLOWED);
    get(observed, Map.of());
    get(observed, Map.of("Origin", "https://stranger.example"));

    assertThat(shadow.wouldAllow()).isEqualTo(1);
    assertThat(shadow.wouldBlock()).isEqualTo(1);
    assertThat(shadow.agreed()).isEqualTo(2);
    assertThat(lines)
        .containsExactly(
            "shadow would allow  GET /api  origin-allowed; origin=\"https://new.example\"; now origin-not-allowed",
            "shadow would block  GET /api  origin-not-allowed; origin=\"https://old.example\"; now origin-allowed");
  }

  @Test
  void credentialsCount_whereARequestCarriesThem() {
    Shadow without = new Shadow(policy(OLD).build(), lines::add);
    Cors observed = policy(OLD).allowCredentials().build().observedBy(without);

    get(observed, Map.of("Origin", OLD));
    assertThat(without.agreed()).isEqualTo(1);
    get(observed, Map.of("Origin", OLD, "Cookie", "id=1"));
    assertThat(without.wouldBlock()).isEqualTo(1);
  }

  @Test
  void enforcementCounts_thoughNeitherPageMayRead() {
    Shadow enforcing = new Shadow(policy(OLD).enforce(Enforcement.ALL).build(), lines::add);
    Cors observed = policy(OLD).build().observedBy(enforcing);

    get(observed, Map.of("Origin", "https://stranger.example"));
    assertThat(enforcing.wouldBlock()).isEqualTo(1);
  }

  @Test
  void noPolicyNow_meansThatACandidateBlocksWhatItDoesNotAllow() {
    Shadow shadow = new Shadow(policy(OLD).build(), lines::add);
    Cors observed = Cors.off().observedBy(shadow);

    get(observed, Map.of("Origin", OLD));
    get(observed, Map.of("Origin", NEW));
    assertThat(List.of(shadow.agreed(), shadow.wouldBlock())).containsExactly(1L, 1L);
  }

  @Test
  void aFlood_fillsNoLog() {
    Shadow shadow = new Shadow(Cors.off(), lines::add);
    Cors observed = policy(OLD).build().observedBy(shadow);
    for (int i = 0; i < 1000; i++) {
      get(observed, Map.of("Origin", "https://x" + i + ".example\n"));
    }

    assertThat(shadow.wouldAllow()).isEqualTo(1000);
    // It may take more than one second.
    assertThat(lines).hasSizeLessThan(500).allMatch(line -> line.indexOf('\n') < 0);
  }

  private static CorsPolicy.Builder policy(String origin) {
    return CorsPolicy.builder().allowOrigins(origin);
  }

  private static Decision get(Cors cors, Map<String, String> headers) {
    return cors.decide(
        CorsRequest.of(
            "GET",
            "/api",
            name -> headers.containsKey(name) ? List.of(headers.get(name)) : List.<String>of()));
  }
}
