package dev.corsac.gateway.proxy;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

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
  private final Deadline ends =
      new Deadline() {
        @Override
        long due() {
          return Long.MAX_VALUE;
        }

        @Override
        void late() {
          // There is always time.
        }
      };

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

  /** Lets a deadline run. */
  void start(Deadline deadline) {
    deadline.after = ends;
    deadline.before = ends.before;
    deadline.before.after = deadline;
    ends.before = deadline;
    lookLater();
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
      if (each.due() <= now) {
        late.add(each);
      }
    }
    looking = false;
    try {
      // What becomes of one may end others.
      late.stream().filter(Deadline::isRunning).forEach(Deadline::late);
    } finally {
      lookLater();
    }
  }

  /**
   * When something must have happened. It runs until it is cancelled, also when it is late, and the
   * time may move meanwhile.
   */
  abstract static class Deadline {
    private Deadline before = this;
    private Deadline after = this;

    /** The time, on the clock of {@link #now}. */
    abstract long due();

    /** The time has passed. */
    abstract void late();

    private boolean isRunning() {
      return after != this;
    }

    final void cancel() {
      before.after = after;
      after.before = before;
      before = this;
      after = this;
    }
  }
}
