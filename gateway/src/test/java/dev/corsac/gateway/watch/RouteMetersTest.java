package dev.corsac.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.Reason;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RouteMetersTest {
  private final Meters meters = new Meters(InstantSource.system());

  @Test
  void everyStatusThereCanBe_makesFewSeries() {
    long before = series();
    RouteMeters route = meters.route("/a/**");
    for (int status = -1; status < 1100; status++) {
      for (By by : By.values()) {
        route.responded(by, status, 1000);
      }
    }
    for (Kind kind : Kind.values()) {
      for (Reason reason : Reason.values()) {
        route.decided(kind, reason);
        route.reported(reason);
      }
    }
    route.upstreamResponded(1000);
    assertThat(series() - before).isBetween(100L, 250L);
    route.close();
    assertThat(series()).isEqualTo(before);
  }

  @Test
  void aRouteThatIsGone_startsNoSeries() {
    long before = series();
    RouteMeters route = meters.route("/a/**");
    route.close();
    route.decided(Kind.PASSED, Reason.ORIGIN_ALLOWED);
    route.responded(By.GATEWAY, 200, 1);
    assertThat(series()).isEqualTo(before);
  }

  /** What every request pays. */
  @Test
  void counting_allocatesNothingToSpeakOf() {
    RouteMeters route = meters.route("/a/**");
    count(route, 20_000);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(id);
    count(route, 100_000);
    assertThat((threads.getThreadAllocatedBytes(id) - before) / 100_000).isLessThan(32);
  }

  /** Ours: a collection of garbage may begin some of the JVM's at any time. */
  private long series() {
    return meters.scrape().lines().filter(line -> line.startsWith("corsac_")).count();
  }

  private static void count(RouteMeters route, int times) {
    for (int i = 0; i < times; i++) {
      route.decided(Kind.PASSED, Reason.ORIGIN_ALLOWED);
      route.upstreamResponded(i);
      route.responded(By.UPSTREAM, 200, i);
    }
  }
}
