package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the cases of {@code conformance/http/acting.json} cannot say. */
class ActingTest {
  private static final String APP = "https://app.example.com";

  private record WithCertificate(CorsRequest request) implements CorsRequest {
    @Override
    public String method() {
      return request.method();
    }

    @Override
    public String path() {
      return request.path();
    }

    @Override
    public List<String> headers(String name) {
      return request.headers(name);
    }

    @Override
    public boolean hasClientCertificate() {
      return true;
    }
  }

  @Test
  void clientCertificate_isACredential() {
    CorsRequest request = new WithCertificate(Request.of("POST", "Origin", APP));
    CorsPolicy.Builder builder = CorsPolicy.builder().allowOrigins(APP).enforce(Enforcement.UNSAFE);

    assertThat(builder.build().decide(request).reason()).isEqualTo(Reason.CREDENTIALS_NOT_ALLOWED);
    assertThat(builder.allowCredentials().build().decide(request).reason())
        .isEqualTo(Reason.ORIGIN_ALLOWED);
  }

  @Test
  void whatIsReported_isToldToTheObserver_andRuns() {
    List<Optional<Reason>> told = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    Cors cors =
        CorsPolicy.builder()
            .allowOrigins(APP)
            .enforceReport(Enforcement.ALL)
            .build()
            .observedBy((request, decision) -> told.add(decision.reported()))
            .observedBy(new DenialLog(lines::add));
    Decision decision = cors.decide(Request.of("POST", "Origin", APP, "Cookie", "a=b"));
    cors.decide(Request.of("POST", "Origin", APP));

    assertThat(decision).isInstanceOf(Decision.Proceed.class);
    assertThat(decision.headers()).containsEntry("Access-Control-Allow-Origin", APP);
    assertThat(told).containsExactly(Optional.of(Reason.CREDENTIALS_NOT_ALLOWED), Optional.empty());
    assertThat(lines)
        .containsExactly(
            "would refuse  POST /  origin-allowed; origin=\""
                + APP
                + "\"; would-refuse=credentials-not-allowed; the application runs");
  }

  @Test
  void whatIsEnforced_isNotReported() {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins(APP)
            .enforce(Enforcement.ALL)
            .enforceReport(Enforcement.ALL)
            .build();
    Decision decision = policy.decide(Request.of("POST", "Origin", "https://evil.example"));

    assertThat(decision).isInstanceOf(Decision.Answer.class);
    assertThat(decision.reported()).isEmpty();
  }
}
