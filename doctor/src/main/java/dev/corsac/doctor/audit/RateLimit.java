package dev.corsac.doctor.audit;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets no two requests begin closer together than the rate allows. */
final class RateLimit {
  /** Waits. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  private final long gap;
  private final LongSupplier nanoTime;
  private final Sleeper sleeper;
  private long last;
  private boolean started;

  RateLimit(double perSecond, LongSupplier nanoTime, Sleeper sleeper) {
    this.gap = (long) Math.ceil(1e9 / perSecond);
    this.nanoTime = nanoTime;
    this.sleeper = sleeper;
  }

  /** Returns when the next request may begin, which it then does. */
  void await() throws InterruptedException {
    long now = nanoTime.getAsLong();
    while (started && now - last < gap) {
      sleeper.sleep(Duration.ofNanos(gap - (now - last)));
      now = nanoTime.getAsLong();
    }
    started = true;
    last = now;
  }
}
