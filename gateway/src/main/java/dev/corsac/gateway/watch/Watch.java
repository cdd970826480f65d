package dev.corsac.gateway.watch;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** Sees what one gateway does: counts it, and tells it. Thread-safe. */
public final class Watch implements AutoCloseable {
  private final EventLog log;
  private final Events events;
  private final Meters meters;
  private final Recent recent;
  private final Counter adminRefusals;
  private volatile boolean access;

  /**
   * Nothing yet.
   *
   * @param room whether there is room for one more line now, of an event that is no request's
   */
  public Watch(BooleanSupplier room) {
    this(room, InstantSource.system());
  }

  Watch(BooleanSupplier room, InstantSource clock) {
    this.log = new EventLog(room);
    this.events = new Events(log, clock);
    this.meters = new Meters(clock);
    this.recent = new Recent(clock);
    this.adminRefusals =
        meters.counter("corsac.admin.refused", "Requests to the admin address that were refused");
  }

  /** Takes note of a request whose head is there, until its response has ended. */
  public Served begin(HttpServerRequest request) {
    Served served = new Served(this, request, meters.none());
    request.response().endHandler(served).closeHandler(served);
    return served;
  }

  /** Somebody may not look at the admin address. */
  public void adminRefused(String client, String why) {
    adminRefusals.increment();
    log.adminRefused(client, why);
  }

  /** From now on each request has a line, or none. */
  public void writeAccess(boolean each) {
    access = each;
  }

  boolean writesAccess() {
    return access;
  }

  public EventLog log() {
    return log;
  }

  public Events events() {
    return events;
  }

  public Recent recent() {
    return recent;
  }

  public Meters meters() {
    return meters;
  }

  /** Tells what has no line yet, and counts no more. */
  @Override
  public void close() {
    events.turn();
    meters.close();
  }
}
