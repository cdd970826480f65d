package dev.corsac.gateway.connection;

import dev.corsac.config.Timeouts;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long one connection has waited for its client, and how long it may.
 *
 * <p>Of the connection's event loop, but for {@link #waited} and {@link #giveWay}.
 */
final class Patience {
  /** While there is little room, a client that is slow is not waited for longer. */
  private static final long HURRY = TimeUnit.SECONDS.toNanos(1);

  private final Pace outward = new Pace();
  private long idleSince = System.nanoTime();
  private long headSince = idleSince;
  private long movedAt = idleSince;
  private long written;
  private boolean headBegun;

  /** Since when it waits for a request, as last looked at; 0 if it does not. */
  private volatile long waitingSince;

  private volatile boolean headAwaited;

  private volatile boolean gaveWay;

  /** The limit, or less if there is little room. */
  static long shorter(Duration limit, boolean crowded) {
    return crowded ? Math.min(HURRY, limit.toNanos()) : limit.toNanos();
  }

  /** Bytes came. */
  void received() {
    movedAt = System.nanoTime();
  }

  /** Bytes go, as soon as the client takes them. */
  void written(int bytes) {
    movedAt = System.nanoTime();
    written += bytes;
  }

  /** Bytes came that may be of the first head: the protocol is not known, or is HTTP/2. */
  void firstHeadBegan() {
    headBegun = true;
  }

  void headBegan() {
    headBegun = true;
    if (headSince == 0) {
      headSince = System.nanoTime();
    }
  }

  void headComplete() {
    headBegun = false;
    headSince = 0;
  }

  /** A response has been sent to its end. */
  void answered() {
    idleSince = System.nanoTime();
  }

  /** Whether the client takes what was written more slowly than a client may. */
  boolean takesTooSlowly(long now, long unsent, long limit) {
    return outward.tooSlow(now, written - unsent, unsent > 0, limit);
  }

  /** Whether nothing came or went for so long. */
  boolean isStill(long now, Duration limit) {
    return now - movedAt >= limit.toNanos();
  }

  /** Whether its client has had time to read the last response. */
  boolean hasLingered(long now) {
    return now - idleSince >= Http1Messages.LINGER;
  }

  /** Whether it is time to close a connection without a request. */
  boolean isOver(long now, Door door) {
    Timeouts timeouts = door.timeouts();
    if (headSince != 0 && (headBegun || !door.isStopping())) {
      return now - headSince >= shorter(timeouts.head(), door.isCrowded());
    }
    // When the gateway stops, a client that was just answered may be about to ask again, and is
    // told then.
    long limit = door.isStopping() ? shorter(timeouts.drain(), true) : timeouts.idle().toNanos();
    return now - idleSince >= limit;
  }

  /** Takes note of whether nothing but a request is waited for. */
  void looked(boolean waits) {
    headAwaited = headSince != 0;
    waitingSince = !waits ? 0 : headSince == 0 ? idleSince : headSince;
    if (!waits) {
      gaveWay = false;
    }
  }

  /** For how many nanoseconds a request is waited for; 0 if not for long, or no more. */
  long waited() {
    long since = waitingSince;
    long waited = since == 0 || gaveWay ? 0 : System.nanoTime() - since;
    return waited >= HURRY ? waited : 0;
  }

  /** Whether a head has begun, or is the first of its connection. */
  boolean isHeadAwaited() {
    return headAwaited;
  }

  /**
   * Waits no more, if a request is waited for, and has been for long.
   *
   * @return whether it was so
   */
  boolean giveWay() {
    if (waited() == 0) {
      return false;
    }
    gaveWay = true;
    return true;
  }

  boolean hasGivenWay() {
    return gaveWay;
  }
}
