package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.CorsPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileOriginTest {
  private static final Rig RIG =
      new Rig(
          CorsPolicy.builder()
              .allowOrigins("https://example.com", "https://*.example.com")
              .allowCredentials()
              .explain(true)
              .build());

  @AfterAll
  static void close() {
    RIG.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com.evil.com",
        "https://evilexample.com",
        "https://examplescom",
        "https://evil.com/.example.com",
        "null",
        "https://example.com https://evil.com",
        "https://EXAMPLE.com",
        "https://example.com:443",
        "https://",
        "://",
        "https://\"><script>",
        "https://example.com\u0000",
        ""
      })
  void none_isAllowed(String origin) {
    isDenied("Origin: " + origin);
  }

  @Test
  void twoLines_areDenied() {
    isDenied("Origin: https://example.com\r\nOrigin: https://example.com");
  }

  @Test
  void sixtyKilobytes_areDenied() {
    isDenied("Origin: https://" + "a".repeat(60_000) + ".example.com");
    isDenied("Origin: https://" + "a.".repeat(30_000) + "example.com");
  }

  @Test
  void sixHundredKilobytes_areNotReadToTheEnd() {
    assertThat(
            RIG.raw(
                "GET / HTTP/1.1",
                "Host: a",
                "Origin: https://" + "a".repeat(600_000) + ".example.com",
                ""))
        .doesNotContainPattern("^HTTP/1.. [25]")
        .doesNotContainIgnoringCase("access-control-allow");
  }

  private static void isDenied(String origin) {
    for (String method : new String[] {"GET", "POST", "OPTIONS"}) {
      String answer =
          RIG.raw(
              method + " /api HTTP/1.1",
              "Host: a",
              origin,
              "Access-Control-Request-Method: PUT",
              "Content-Length: 0",
              "Connection: close",
              "");
      assertThat(answer)
          .as(method + " " + origin.substring(0, Math.min(origin.length(), 80)))
          .startsWith("HTTP/1.")
          .doesNotContainPattern("^HTTP/1.. 5")
          .doesNotContainIgnoringCase("access-control-allow");
    }
  }
}
