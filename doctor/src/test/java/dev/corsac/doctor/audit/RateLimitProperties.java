package dev.corsac.doctor.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.WireResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The rate, by a clock that goes only when somebody sleeps or a request takes its time. */
class RateLimitProperties {
  private long now = Long.MAX_VALUE - 1_000_000_000L;

  @Property
  void noTwoRequestsBeginCloserThanTheRate(
      @ForAll @DoubleRange(min = 0.1, max = 1000) double rate,
      @ForAll @Size(min = 2, max = 40) List<@IntRange(max = 2_000_000_000) Integer> took,
      @ForAll @IntRange(max = 3) int wakesEarly)
      throws InterruptedException {
    RateLimit pace = new RateLimit(rate, () -> now, sleep -> oversleep(sleep, wakesEarly));
    List<Long> starts = new ArrayList<>();
    for (int nanos : took) {
      pace.await();
      starts.add(now);
      now += nanos;
    }
    for (int i = 1; i < starts.size(); i++) {
      long gap = starts.get(i) - starts.get(i - 1);
      assertThat(gap).isGreaterThanOrEqualTo((long) (1e9 / rate));
      // Nobody waits longer than needed.
      long needed = Math.max((long) Math.ceil(1e9 / rate), took.get(i - 1));
      assertThat(gap).isLessThanOrEqualTo(needed);
    }
  }

  private void oversleep(Duration sleep, int wakesEarly) {
    now += Math.max(1, sleep.toNanos() / (1 + wakesEarly));
  }

  @Property(tries = 5)
  void anAuditKeepsToIt(@ForAll @DoubleRange(min = 0.1, max = 100) double rate) throws Exception {
    List<Long> sent = new ArrayList<>();
    Audit.builder("http://127.0.0.1/")
        .rate(rate)
        .clock(() -> now, sleep -> now += sleep.toNanos())
        .transport(
            request -> {
              sent.add(now);
              return WireResponse.of(200);
            })
        .build()
        .run();
    assertThat(sent).hasSizeGreaterThan(50);
    for (int i = 1; i < sent.size(); i++) {
      assertThat(sent.get(i) - sent.get(i - 1)).isGreaterThanOrEqualTo((long) (1e9 / rate));
    }
  }
}
