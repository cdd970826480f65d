package dev.corsac.config;

import java.time.Duration;

/**
 * How long the gateway waits.
 *
 * @param connect for a connection to an upstream; 5 s if the file says nothing
 * @param request for the head of an upstream's response; 60 s if the file says nothing
 * @param idle for anything to move on a connection; 60 s if the file says nothing
 */
public record Timeouts(Duration connect, Duration request, Duration idle) {
  static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60));
}
