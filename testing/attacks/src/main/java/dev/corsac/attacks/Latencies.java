package dev.corsac.attacks;

import java.util.Arrays;

/** How long responses took. Thread-safe; of more than it holds, it keeps the last. */
final class Latencies {
  private static final int MOST = 1 << 16;

  private final long[] nanos = new long[MOST];
  private int count;

  synchronized void add(long taken) {
    nanos[count++ % MOST] = taken;
  }

  /** In milliseconds; 0 if there are none. */
  synchronized double percentile(double percent) {
    long[] sorted = Arrays.copyOf(nanos, Math.min(count, MOST));
    if (sorted.length == 0) {
      return 0;
    }
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
  }
}
