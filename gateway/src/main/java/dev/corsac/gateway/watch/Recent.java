package dev.corsac.gateway.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last requests, one by one, for somebody who looks. They are kept only while somebody does,
 * and not more than {@value #A_SECOND} a second, so that the gateway is not slower for it.
 * Thread-safe.
 */
public final class Recent {
  /** How many are kept. */
  static final int MOST = 100;

  /** How many are kept of one second. */
  static final int A_SECOND = 20;

  private static final Duration LOOKS = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final Deque<Seen> seen = new ArrayDeque<>();
  private volatile long until;
  private long number;
  private long second;
  private int ofSecond;

  /**
   * One request, in text that is printable and cut.
   *
   * @param number counted over all requests while somebody looks, so that a gap shows how many were
   *     left out
   * @param what {@code allowed}, or the id of an {@link Event}
   * @param kind a {@link Kind}'s id; empty for what no policy decided
   * @param origin empty if there is none
   * @param status of the gateway's own response; 0 if it has none
   */
  public record Seen(
      long number,
      Instant time,
      String what,
      String reason,
      String kind,
      String origin,
      String route,
      String method,
      String path,
      String client,
      int status) {}

  Recent(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes note of a request, if somebody looks. */
  void add(Served served, String what, String reason, String kind, int status) {
    long now = clock.millis();
    if (now >= until) {
      return;
    }
    long mine = admit(now / 1000);
    if (mine < 0) {
      return;
    }
    String origin = served.origin();
    Seen one =
        new Seen(
            mine,
            Instant.ofEpochMilli(now),
            what,
            reason,
            kind,
            origin == null ? "" : origin,
            served.routeLabel(),
            Printable.word(served.method()),
            served.printablePath(),
            served.client(),
            status);
    synchronized (this) {
      seen.addLast(one);
      if (seen.size() > MOST) {
        seen.removeFirst();
      }
    }
  }

  private synchronized long admit(long now) {
    number++;
    if (now != second) {
      second = now;
      ofSecond = 0;
    }
    return ++ofSecond > A_SECOND ? -1 : number;
  }

  /** Those that are kept, oldest first; from now on there are more of them for some seconds. */
  public List<Seen> look() {
    until = clock.millis() + LOOKS.toMillis();
    synchronized (this) {
      return new ArrayList<>(seen);
    }
  }

  /** The last one that was counted, kept or not. */
  public synchronized long counted() {
    return number;
  }
}
