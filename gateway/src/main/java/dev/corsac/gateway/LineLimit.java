package dev.corsac.gateway;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * How many lines a second a log gets, so that nobody fills a disk from outside.
 *
 * <p>Thread-safe.
 */
public final class LineLimit {
  private static final long LOWER_HALF = 0xffff_ffffL;

  private final int linesASecond;
  private final LongSupplier seconds;
  private final LongConsumer leftOut;

  /** The second in the upper half, the lines of that second in the lower half. */
  private final AtomicLong window;

  /**
   * A limit.
   *
   * @param linesASecond how many are admitted
   * @param leftOut is told how many were not, before the first line of a later second
   */
  public LineLimit(int linesASecond, LongConsumer leftOut) {
    this(linesASecond, leftOut, () -> System.nanoTime() / 1_000_000_000L);
  }

  LineLimit(int linesASecond, LongConsumer leftOut, LongSupplier seconds) {
    this.linesASecond = linesASecond;
    this.leftOut = leftOut;
    this.seconds = seconds;
    this.window = new AtomicLong(((seconds.getAsLong() - 1) & LOWER_HALF) << 32);
  }

  /** Whether there is room for one more line. */
  public boolean admit() {
    int second = (int) seconds.getAsLong();
    while (true) {
      long seen = window.get();
      int latest = (int) (seen >>> 32);
      // A thread that was stopped for long has an old second, which must not open that one again.
      boolean later = second - latest > 0;
      long lines = later ? 0 : seen & LOWER_HALF;
      if (lines == LOWER_HALF) {
        return false;
      }
      long next = (later ? second & LOWER_HALF : seen >>> 32) << 32 | lines + 1;
      if (window.compareAndSet(seen, next)) {
        long unseen = (seen & LOWER_HALF) - linesASecond;
        if (later && unseen > 0) {
          leftOut.accept(unseen);
        }
        return lines < linesASecond;
      }
    }
  }
}
