package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyOriginsTest {
  @Test
  void decisionsOnListedOrigins_areMadeInAdvanceUpToALimit() {
    for (int size : new int[] {1, 4, 5, 1024, 1025}) {
      List<String> origins = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        origins.add("https://app" + i + ".example.com");
      }
      CorsPolicy policy = CorsPolicy.builder().allowOrigins(origins).build();
      for (String origin : origins) {
        Decision actual = policy.decide(Request.get(origin));
        Decision preflight = policy.decide(Request.preflight(origin, "POST"));
        assertThat(actual.headers()).containsEntry("Access-Control-Allow-Origin", origin);
        assertThat(actual).isInstanceOf(Decision.Proceed.class);
        assertThat(preflight.headers())
            .containsEntry("Access-Control-Allow-Origin", origin)
            .containsKey("Access-Control-Allow-Methods");
        assertThat(policy.decide(Request.get(origin)) == actual).isEqualTo(size <= 1024);
        assertThat(policy.decide(Request.preflight(origin, "POST")) == preflight)
            .isEqualTo(size <= 1024);
      }
      for (String denied : List.of("https://app.example.com", "https://app0.example.org")) {
        assertThat(policy.decide(Request.get(denied)).reason())
            .isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
      }
      String first = origins.get(0);
      assertThat(policy.decide(Request.of("GET", "Origin", first, "Origin", first)).reason())
          .isEqualTo(Reason.ORIGIN_REPEATED);
    }
  }

  @Test
  void lookAlikes() {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins(
                "https://example.com",
                "https://*.example.com",
                "https://foo.com",
                "https://*.bar.com")
            .build();
    for (String origin :
        List.of(
            "https://example.com.evil.com",
            "https://evilexample.com",
            "https://examplescom",
            "https://evil.com/.example.com",
            "null",
            "https://example.com https://evil.com",
            "https://example.com,https://evil.com",
            "https://.example.com",
            "https://a..example.com",
            "http://example.com",
            "https://example.com:8443",
            "https://a.example.com:8443",
            "https://EXAMPLE.com",
            "https://example.com/",
            "https://example.com:443",
            "https://user@example.com",
            "https://evil.com#.example.com",
            "https://evil.com?.example.com",
            "https://evil.com\\.example.com",
            "https://a`.example.com",
            "https://a%60.example.com",
            "https://a{.example.com",
            "https://barfoo.com",
            "https://foobar.com",
            "https://bar.com",
            " https://example.com",
            "https://example.com\u0000",
            "https://ex\u0430mple.com",
            "https://",
            "https",
            "",
            "https://" + "a".repeat(60_000) + ".example.com")) {
      Decision decision = policy.decide(Request.get(origin));
      assertThat(decision.reason())
          .as(origin)
          .isIn(Reason.ORIGIN_NOT_ALLOWED, Reason.ORIGIN_MALFORMED);
      assertThat(Response.of(policy, Request.get(origin)).get("Access-Control-Allow-Origin"))
          .isNull();
    }
    for (String origin :
        List.of(
            "https://example.com",
            "https://a.example.com",
            "https://a.b-c.d_e.example.com",
            "https://x.bar.com")) {
      assertThat(policy.decide(Request.get(origin)).reason())
          .as(origin)
          .isEqualTo(Reason.ORIGIN_ALLOWED);
    }
  }
}
