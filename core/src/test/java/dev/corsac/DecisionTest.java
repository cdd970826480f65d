package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class DecisionTest {
  private static final String APP = "https://app.example.com";
  private static final String EVIL = "https://evil.example";
  private static final CorsPolicy POLICY =
      CorsPolicy.builder().allowOrigins(APP).exposeHeaders("X-Total-Count").build();

  @Test
  void headers_areThoseOfAnEmptyResponse() {
    assertThat(POLICY.decide(Request.get(APP)).headers())
        .containsExactly(
            Map.entry("Access-Control-Allow-Origin", APP),
            Map.entry("Access-Control-Expose-Headers", "X-Total-Count"),
            Map.entry("Vary", "Origin"));
    assertThat(POLICY.decide(Request.get(EVIL)).headers())
        .containsExactly(Map.entry("Vary", "Origin"));
    assertThat(Cors.off().decide(Request.get(APP)).headers()).isEmpty();
    assertThatThrownBy(() -> POLICY.decide(Request.get(APP)).headers().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void addTo_isApplyToOnAnEmptyResponse() {
    for (Request request :
        List.of(
            Request.get(APP),
            Request.get(EVIL),
            Request.of("GET"),
            Request.preflight(APP, "POST", "content-type"),
            Request.preflight(EVIL, "POST"))) {
      for (Cors cors : List.of(POLICY, CorsPolicy.builder().allowAnyOrigin().build(), Cors.off())) {
        Decision decision = cors.decide(request);
        Response added = new Response();
        decision.addTo(added);
        assertThat(added).hasToString(Response.of(cors, request).toString());
      }
    }
  }

  /** Lists of one length, of which one was allowed before and the other never is. */
  @Test
  void requestedHeaders_areReadAnewUnlessTheVeryListWasAllowed() {
    CorsPolicy policy = CorsPolicy.builder().allowOrigins(APP).allowHeaders("X-Aa", "X-Bb").build();
    for (int round = 0; round < 3; round++) {
      for (String allowed : List.of("x-aa", "x-bb", "x-aa,x-bb", "x-bb,x-aa", "x-aa,,x-bb")) {
        assertThat(policy.decide(Request.preflight(APP, "POST", allowed)).reason())
            .isEqualTo(Reason.PREFLIGHT_ALLOWED);
      }
      for (String denied : List.of("x-ab", "x-aa,x-ab", "x-cc")) {
        assertThat(policy.decide(Request.preflight(APP, "POST", denied)).reason())
            .isEqualTo(Reason.HEADER_NOT_ALLOWED);
        assertThat(policy.decide(Request.preflight(APP, "POST", "x-aa", denied)).reason())
            .isEqualTo(Reason.HEADER_NOT_ALLOWED);
      }
    }
  }

  @Test
  void origin_isTheOneThatWasDecidedOn() {
    List<String> origins = new ArrayList<>(List.of(APP));
    CorsRequest request =
        CorsRequest.of(
            "GET", "/", name -> name.equals("Origin") ? List.copyOf(origins) : List.of());
    Decision decision = POLICY.decide(request);
    origins.set(0, EVIL);
    assertThat(decision.headers()).containsEntry("Access-Control-Allow-Origin", APP);
  }

  @Test
  void requestOfParts() {
    CorsRequest request =
        CorsRequest.of(
            "GET", "/a", name -> name.equalsIgnoreCase("host") ? List.of("h:1", "h:2") : List.of());
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.path()).isEqualTo("/a");
    assertThat(request.header("Host")).isEqualTo("h:1");
    assertThat(request.authority()).isEqualTo("h:1");
    assertThat(request.header("Origin")).isNull();
  }

  @Test
  void observerThatThrows_changesNothing_andIsReportedOnce() {
    List<LogRecord> reported = new ArrayList<>();
    Logger logger = Logger.getLogger("dev.corsac");
    logger.setUseParentHandlers(false);
    logger.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            reported.add(entry);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    List<Reason> seen = new ArrayList<>();
    Cors observed =
        POLICY.observedBy(
            (request, decision) -> {
              seen.add(decision.reason());
              throw new IllegalStateException("the observer's own fault");
            });
    for (int i = 0; i < 3; i++) {
      assertThat(observed.decide(Request.get(APP)).headers())
          .isEqualTo(POLICY.decide(Request.get(APP)).headers());
    }
    assertThat(seen).hasSize(3);
    assertThat(reported)
        .singleElement()
        .satisfies(entry -> assertThat(entry.getThrown()).hasMessage("the observer's own fault"));
  }
}
