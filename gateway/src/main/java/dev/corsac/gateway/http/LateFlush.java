package dev.corsac.gateway.http;

import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Has what a connection has written leave at the end of the event loop's turn, all of it at once.
 *
 * <p>Belongs to one handler of one connection; it is run before the connection is closed.
 */
public final class LateFlush implements Runnable {
  private @Nullable ChannelHandlerContext waiting;

  /** Flushes at the end of this turn. */
  public void flush(ChannelHandlerContext context) {
    if (waiting == null) {
      waiting = context;
      LoopTurn.atEnd(context.executor(), this);
    }
  }

  /** Flushes now, if something waits for it. */
  @Override
  public void run() {
    ChannelHandlerContext context = waiting;
    if (context != null) {
      waiting = null;
      context.flush();
    }
  }
}
