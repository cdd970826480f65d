package dev.corsac.gateway.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The end of a turn of an event loop, when everything has been read that had come. What is sent
 * leaves then: a head, a body and its end in one piece, and the pieces of all connections one after
 * another, so that the system wakes each receiver once for several of them.
 *
 * <p>Each event loop has its own.
 */
public final class LoopTurn implements Runnable {
  private static final FastThreadLocal<LoopTurn> OF_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected LoopTurn initialValue() {
          return new LoopTurn();
        }
      };

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private boolean comes;
  private @Nullable EventExecutor loop;

  private LoopTurn() {}

  /** Runs something at the end of this turn; called on the event loop. */
  public static void atEnd(EventExecutor loop, Runnable task) {
    LoopTurn turn = OF_LOOP.get();
    turn.loop = loop;
    turn.tasks.add(task);
    if (!turn.comes) {
      turn.comes = true;
      if (loop.isShuttingDown()) {
        turn.run();
      } else {
        loop.execute(turn);
      }
    }
  }

  @Override
  public void run() {
    try {
      for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
        next.run();
      }
    } finally {
      comes = false;
      EventExecutor again = loop;
      if (!tasks.isEmpty() && again != null) {
        // One has failed, which is no reason to leave out the others.
        comes = true;
        again.execute(this);
      }
    }
  }
}
