package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineLimitTest {
  private static final int LINES = 20;

  private final AtomicLong second = new AtomicLong(7);
  private final AtomicLong leftOut = new AtomicLong();
  private final LineLimit limit = new LineLimit(LINES, leftOut::addAndGet, second::get);

  @Test
  void admit_isBoundedPerSecond_andTellsWhatWasLeftOut() {
    assertThat(admitted(1000)).isEqualTo(LINES);
    assertThat(leftOut).hasValue(0);
    second.incrementAndGet();
    assertThat(admitted(LINES)).isEqualTo(LINES);
    assertThat(leftOut).hasValue(1000 - LINES);
    second.addAndGet(100);
    assertThat(admitted(1)).isEqualTo(1);
    assertThat(leftOut).hasValue(1000 - LINES);
  }

  @Test
  void anOldSecond_opensNothing() {
    assertThat(admitted(LINES)).isEqualTo(LINES);
    second.decrementAndGet();
    assertThat(admitted(LINES)).isZero();
  }

  @Test
  void theClockMayPassZeroAndTheLargestInt() {
    for (long start : new long[] {-1, Integer.MAX_VALUE, (1L << 32) - 1}) {
      AtomicLong clock = new AtomicLong(start);
      LineLimit fresh = new LineLimit(1, lines -> {}, clock::get);
      fresh.admit();
      assertThat(fresh.admit()).isFalse();
      clock.incrementAndGet();
      assertThat(fresh.admit()).as("after %s", start).isTrue();
      assertThat(fresh.admit()).isFalse();
    }
  }

  @Test
  void threads_everyLineIsAdmittedOrCounted() throws Exception {
    int threads = 8;
    int each = 50_000;
    AtomicLong calls = new AtomicLong();
    LineLimit racing =
        new LineLimit(
            LINES,
            leftOut::addAndGet,
            // Threads see the second in any order.
            () -> calls.incrementAndGet() / 1000 + ThreadLocalRandom.current().nextInt(2));
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<Integer>> counts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Callable<Integer> count =
          () -> {
            int admitted = 0;
            for (int k = 0; k < each; k++) {
              admitted += racing.admit() ? 1 : 0;
            }
            return admitted;
          };
      counts.add(pool.submit(count));
    }
    long admitted = 0;
    for (Future<Integer> count : counts) {
      admitted += count.get();
    }
    pool.shutdown();
    long seconds = calls.get() / 1000 + 2;
    assertThat(admitted).isLessThanOrEqualTo(LINES * seconds);
    calls.addAndGet(10_000);
    admitted += racing.admit() ? 1 : 0;
    assertThat(admitted + leftOut.get()).isEqualTo((long) threads * each + 1);
  }

  private int admitted(int lines) {
    int admitted = 0;
    for (int i = 0; i < lines; i++) {
      admitted += limit.admit() ? 1 : 0;
    }
    return admitted;
  }
}
