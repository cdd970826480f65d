package dev.corsac.gateway.proxy;

import dev.corsac.gateway.watch.EventLog;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The upstreams that have lately sent what nobody had asked for. HTTP/1.1 numbers no responses, so
 * an extra one that comes just after the next request is taken for the response to that. A
 * connection to such an upstream serves one request only, and then nothing can be taken for
 * another's.
 *
 * <p>Thread-safe.
 */
public final class Suspects {
  /** Since the last time that one did it. */
  static final long MINUTES = 10;

  private final Map<SocketAddress, Long> until = new ConcurrentHashMap<>();
  private final EventLog events;
  private final LongSupplier nanos;

  /** None yet. */
  public Suspects(EventLog events) {
    this(events, System::nanoTime);
  }

  Suspects(EventLog events, LongSupplier nanos) {
    this.events = events;
    this.nanos = nanos;
  }

  /** Takes note of one. */
  void add(SocketAddress upstream) {
    boolean known = has(upstream);
    long now = nanos.getAsLong();
    until.values().removeIf(end -> end - now <= 0);
    until.put(upstream, now + TimeUnit.MINUTES.toNanos(MINUTES));
    if (!known) {
      events.unasked(upstream, MINUTES);
    }
  }

  boolean has(SocketAddress upstream) {
    if (until.isEmpty()) {
      return false;
    }
    Long end = until.get(upstream);
    return end != null && end - nanos.getAsLong() > 0;
  }
}
