package dev.corsac.gateway;

import dev.corsac.gateway.connection.Door;
import dev.corsac.gateway.watch.Meters;
import java.util.function.BooleanSupplier;

/** Shows in the metrics what the gateway as a whole has and holds. */
final class Gauges {
  private Gauges() {}

  static void bind(Meters meters, Door door, BooleanSupplier ready) {
    meters.gauge("corsac.connections", "Connections of clients that are open", door::connections);
    meters.counter(
        "corsac.connections.accepted", "Connections of clients that came in", door::accepted);
    meters.counter(
        "corsac.connections.refused",
        "Connections that were closed at once, since there were too many",
        door::refused);
    meters.gauge("corsac.held.bytes", "Memory that clients make the gateway hold", door::held);
    meters.gauge(
        "corsac.held.bytes.limit", "The most that clients can make it hold", door::mostHeld);
    meters.gauge("corsac.ready", "1 while it is ready for requests", ready);
  }
}
