package dev.corsac.gateway.proxy;

import io.vertx.core.Vertx;
import java.util.function.LongSupplier;

/**
 * When something must have happened. The time may move while it runs: at the end of the time that
 * was known it is asked again. One timer, which is gone once it is cancelled.
 *
 * <p>Belongs to one event loop.
 */
final class Deadline {
  private static final long NONE = -1;

  private final Vertx vertx;
  private final LongSupplier due;
  private final Runnable late;
  private long timer = NONE;

  /**
   * @param due the time, on the clock of {@link #now}
   * @param late what to do when it has passed
   */
  Deadline(Vertx vertx, LongSupplier due, Runnable late) {
    this.vertx = vertx;
    this.due = due;
    this.late = late;
  }

  /** Milliseconds on a clock that never goes back. */
  static long now() {
    return System.nanoTime() / 1_000_000;
  }

  /** Starts, or starts again after the time has come nearer. */
  void arm() {
    cancel();
    timer = vertx.setTimer(Math.max(1, due.getAsLong() - now()), id -> check());
  }

  private void check() {
    timer = NONE;
    if (due.getAsLong() > now()) {
      arm();
    } else {
      late.run();
    }
  }

  void cancel() {
    if (timer != NONE) {
      vertx.cancelTimer(timer);
      timer = NONE;
    }
  }
}
