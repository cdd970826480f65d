package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DenialLogTest {
  private static final String APP = "https://app.example.com";

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong seconds = new AtomicLong(Long.MAX_VALUE);
  private final DenialLog log = new DenialLog(lines::add, seconds::get);

  private Cors logged(Enforcement enforcement) {
    return CorsPolicy.builder().allowOrigins(APP).enforce(enforcement).build().observedBy(log);
  }

  @Test
  void line_saysWhetherTheApplicationRuns() {
    logged(Enforcement.OFF).decide(Request.at("GET", "/a", "Origin", "https://evil.example"));
    logged(Enforcement.UNSAFE).decide(Request.at("POST", "/b", "Origin", "https://evil.example"));
    logged(Enforcement.OFF).decide(Request.preflight(APP, "PUT"));
    logged(Enforcement.ALL).decide(Request.of("GET", "Sec-Fetch-Site", "cross-site"));

    assertThat(lines)
        .containsExactly(
            "denied  GET /a  origin-not-allowed; origin=\"https://evil.example\"; the application"
                + " runs",
            "denied  POST /b  origin-not-allowed; origin=\"https://evil.example\"; answered with"
                + " 403",
            "denied  OPTIONS /  method-not-allowed; method=\"PUT\"; answered with 200",
            "denied  GET /  cross-site-without-origin; site=\"cross-site\"; answered with 403");
  }

  @Test
  void whatIsNotDenied_isNotLogged() {
    Cors cors = logged(Enforcement.ALL);
    cors.decide(Request.get(APP));
    cors.decide(Request.of("POST"));
    cors.decide(Request.preflight(APP, "POST"));
    Cors.off().observedBy(log).decide(Request.get("https://evil.example"));

    assertThat(lines).isEmpty();
  }

  @Property(tries = 200)
  void line_isOneShortPrintableLine(
      @ForAll String method, @ForAll String path, @ForAll String origin, @ForAll String asked) {
    logged(Enforcement.UNSAFE).decide(Request.at(method, path, "Origin", origin));
    logged(Enforcement.UNSAFE)
        .decide(
            Request.at(
                "OPTIONS",
                path,
                "Origin",
                APP,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                asked));
    seconds.incrementAndGet();

    assertThat(lines).allSatisfy(line -> assertThat(line).matches("[ -~]{1,5000}"));
  }

  @Test
  void longPath_isCut() {
    logged(Enforcement.OFF)
        .decide(Request.at("GET", "/" + " x".repeat(5000), "Origin", "https://evil.example"));

    assertThat(lines)
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .startsWith("denied  GET /\\u0020x")
                    .contains("...  origin-not-allowed")
                    .hasSizeLessThan(1000));
  }

  @Test
  void moreThanTwentyASecond_areCounted() {
    Cors cors = logged(Enforcement.OFF);
    Request denied = Request.get("https://evil.example");
    for (int i = 0; i < 1000; i++) {
      cors.decide(denied);
    }
    assertThat(lines).hasSize(LineRate.LINES_A_SECOND);

    seconds.incrementAndGet(); // from the greatest number to the smallest
    cors.decide(denied);
    assertThat(lines).hasSize(LineRate.LINES_A_SECOND + 2);
    assertThat(lines.get(LineRate.LINES_A_SECOND)).isEqualTo("denied  980 more in one second");

    seconds.addAndGet(5);
    cors.decide(denied);
    assertThat(lines).hasSize(LineRate.LINES_A_SECOND + 3);
  }

  @Test
  void limitHolds_forManyThreads() throws InterruptedException {
    Cors cors = logged(Enforcement.OFF);
    CountDownLatch done = new CountDownLatch(8);
    for (int t = 0; t < 8; t++) {
      new Thread(
              () -> {
                for (int i = 0; i < 500; i++) {
                  cors.decide(Request.get("https://evil.example"));
                }
                done.countDown();
              })
          .start();
    }
    done.await();
    seconds.incrementAndGet();
    cors.decide(Request.get("https://evil.example"));

    assertThat(lines)
        .hasSize(LineRate.LINES_A_SECOND + 2)
        .contains("denied  3980 more in one second");
  }
}
