package dev.corsac.origins;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what happens on another thread, far longer than it should take. */
final class Eventually {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private Eventually() {}

  static void holds(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("did not come about: " + what);
      }
      Thread.sleep(10);
    }
  }
}
