package dev.corsac;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Admits so many lines in one second; what is left out is counted, and told before the next line.
 * Thread-safe.
 */
final class LineRate {
  static final int LINES_A_SECOND = 20;

  private final LongConsumer leftOut;
  private final LongSupplier seconds;
  private long second;
  private long inThatSecond;

  /**
   * @param leftOut told how many lines were left out
   */
  LineRate(LongConsumer leftOut) {
    this(leftOut, () -> System.nanoTime() / 1_000_000_000L);
  }

  LineRate(LongConsumer leftOut, LongSupplier seconds) {
    this.leftOut = leftOut;
    this.seconds = seconds;
    this.second = seconds.getAsLong();
  }

  /** Whether there is room for a line now. */
  boolean admit() {
    long left = count();
    if (left > 0) {
      leftOut.accept(left);
    }
    return left >= 0;
  }

  /** How many lines were left out before this one; negative if this one is left out as well. */
  private synchronized long count() {
    long now = seconds.getAsLong();
    if (now - second <= 0) {
      inThatSecond++;
      return inThatSecond <= LINES_A_SECOND ? 0 : -1;
    }
    long left = Math.max(0, inThatSecond - LINES_A_SECOND);
    second = now;
    inThatSecond = 1;
    return left;
  }
}
