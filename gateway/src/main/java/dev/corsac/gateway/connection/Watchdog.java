package dev.corsac.gateway.connection;

import dev.corsac.config.Timeouts;
import io.netty.channel.Channel;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one connection from time to time, and ends it when it is idle, when its client is too
 * slow, and when the gateway stops. How long is asked each time, so a reload counts for connections
 * that are there already.
 *
 * <p>Everything happens on the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whatever becomes of them, the connection tells
final class Watchdog {
  private static final long SHORTEST_LOOK = TimeUnit.MILLISECONDS.toNanos(10);

  /** What streams hold is seen by looking only. */
  private static final long BUSY_LOOK = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long LONGEST_LOOK = TimeUnit.SECONDS.toNanos(1);

  private final Door door;
  private final Channel channel;
  private final Patience patience;
  private final Protocol protocol;
  private final HeldMemory memory;
  private @Nullable ScheduledFuture<?> next;
  private boolean started;
  private boolean ending;

  Watchdog(Door door, Channel channel, Patience patience, Protocol protocol, HeldMemory memory) {
    this.door = door;
    this.channel = channel;
    this.patience = patience;
    this.protocol = protocol;
    this.memory = memory;
  }

  /** Looks from now on; it may have begun before. */
  void start() {
    if (!started) {
      started = true;
      schedule(LONGEST_LOOK);
    }
  }

  private void schedule(long nanos) {
    next = channel.eventLoop().schedule(this::lookAgain, nanos, TimeUnit.NANOSECONDS);
  }

  /** Looks no more: the loop would keep a connection that is gone, with all that it has read. */
  void stop() {
    if (next != null) {
      next.cancel(false);
    }
  }

  private void lookAgain() {
    if (channel.isOpen()) {
      look();
      Timeouts timeouts = door.timeouts();
      long shortest = Math.min(timeouts.idle().toNanos(), timeouts.head().toNanos()) / 8;
      Http2Streams streams = protocol.http2();
      long longest = streams == null || streams.isEmpty() ? LONGEST_LOOK : BUSY_LOOK;
      long wait = Math.max(SHORTEST_LOOK, Math.min(shortest, longest));
      schedule(door.isStopping() ? SHORTEST_LOOK : wait);
    }
  }

  /** Looks now. */
  void look() {
    if (!started || !channel.isActive()) {
      return;
    }
    if (protocol.isSwitching()) {
      protocol.follow(channel.pipeline());
    }
    Http2Streams streams = protocol.http2();
    if (streams != null && door.isStopping()) {
      streams.sayGoodbye();
    }
    if (!memory.waiting(protocol)) {
      close();
    } else if (shouldEnd(System.nanoTime(), door.timeouts())) {
      end();
    }
    patience.looked(isWaiting());
  }

  private boolean isWaiting() {
    return !protocol.isTunnel() && protocol.isIdle() && memory.unsent() == 0;
  }

  private boolean shouldEnd(long now, Timeouts timeouts) {
    long idle = Patience.shorter(timeouts.idle(), door.isCrowded());
    if (patience.takesTooSlowly(now, memory.unsent(), idle)) {
      return true;
    }
    if (protocol.isTunnel()) {
      return patience.isStill(now, timeouts.webSocket());
    }
    Http2Streams streams = protocol.http2();
    if (streams != null && !streams.isEmpty()) {
      streams.resetSlow(now, idle);
      return false;
    }
    Http1Messages messages = protocol.http1();
    if (messages != null && messages.underWay() > 0) {
      // How long a body or an upstream may take is asked elsewhere.
      return false;
    }
    return (messages != null && messages.hasSaidGoodbye())
        ? patience.hasLingered(now)
        : patience.isOver(now, door);
  }

  /** Looks now, and ends a connection that still only waits for a request, since others wait. */
  void giveWay() {
    look();
    if (started && patience.hasGivenWay()) {
      end();
    }
  }

  private void end() {
    if (protocol.http2() != null && memory.unsent() == 0 && !ending) {
      // Through the codec, which tells the client (GOAWAY).
      ending = true;
      channel.close();
    } else {
      // Vert.x would wait until the client has taken what it does not take.
      close();
    }
  }

  /** At once: through TLS it would wait until the client has taken what it does not take. */
  void close() {
    channel.pipeline().firstContext().close();
  }
}
