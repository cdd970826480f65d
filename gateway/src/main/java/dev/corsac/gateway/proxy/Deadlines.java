package dev.corsac.gateway.proxy;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The deadlines of the requests of one event loop. One timer looks at all of them, and only while
 * there are some: most requests end long before they are late, and a timer for each, moved with
 * each step, costs more than the looks.
 *
 * <p>Belongs to one event loop.
 */
final class Deadlines {
  private static final long BETWEEN_LOOKS = 20;

  private final Vertx vertx;

  /** The neighbour of the first and of the last. */
  private final Deadline ends = new Deadline(() -> Long.MAX_VALUE, () -> {});

  private boolean looking;

  Deadlines(Vertx vertx) {
    this.vertx = vertx;
    ends.before = ends;
    ends.after = ends;
  }

  /** Milliseconds on a clock that never goes back. */
  static long now() {
    return System.nanoTime() / 1_000_000;
  }

  /**
   * When something must have happened. The time may move while it runs.
   *
   * @param due the time, on the clock of {@link #now}
   * @param late what to do when it has passed
   */
  Deadline start(LongSupplier due, Runnable late) {
    Deadline deadline = new Deadline(due, late);
    deadline.after = ends;
    deadline.before = ends.before;
    deadline.before.after = deadline;
    ends.before = deadline;
    lookLater();
    return deadline;
  }

  private void lookLater() {
    if (!looking && ends.after != ends) {
      looking = true;
      vertx.setTimer(BETWEEN_LOOKS, id -> look());
    }
  }

  private void look() {
    long now = now();
    List<Deadline> late = new ArrayList<>(0);
    for (Deadline each = ends.after; each != ends; each = each.after) {
      if (each.due.getAsLong() <= now) {
        late.add(each);
      }
    }
    looking = false;
    try {
      // What becomes of one may end others.
      late.stream().filter(Deadline::isRunning).forEach(each -> each.late.run());
    } finally {
      lookLater();
    }
  }

  /** One of them; it runs until it is cancelled, also when it is late. */
  static final class Deadline {
    private final LongSupplier due;
    private final Runnable late;
    private Deadline before = this;
    private Deadline after = this;

    private Deadline(LongSupplier due, Runnable late) {
      this.due = due;
      this.late = late;
    }

    private boolean isRunning() {
      return after != this;
    }

    void cancel() {
      before.after = after;
      after.before = before;
      before = this;
      after = this;
    }
  }
}
