package dev.corsac.gateway.http;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * While an event loop reads what an upstream has sent, what follows from it for clients is put off
 * until all is read: a head, a body and its end that came together leave in one piece.
 *
 * <p>Each event loop has its own, since it serves the clients of its upstreams' connections.
 */
public final class UpstreamRead {
  private static final FastThreadLocal<UpstreamRead> OF_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected UpstreamRead initialValue() {
          return new UpstreamRead();
        }
      };

  private final Deque<Runnable> putOff = new ArrayDeque<>();
  private boolean underWay;

  private UpstreamRead() {}

  /** Something comes from an upstream; {@link #end} follows. */
  public static void begin() {
    OF_LOOP.get().underWay = true;
  }

  /** All that has come is read. */
  public static void end() {
    UpstreamRead read = OF_LOOP.get();
    read.underWay = false;
    for (Runnable next = read.putOff.poll(); next != null; next = read.putOff.poll()) {
      next.run();
    }
  }

  /**
   * Runs something at the end, if there is a read under way.
   *
   * @return false if there is none; nothing is run then
   */
  public static boolean putOff(Runnable task) {
    UpstreamRead read = OF_LOOP.get();
    return read.underWay && read.putOff.add(task);
  }
}
