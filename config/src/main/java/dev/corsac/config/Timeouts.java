package dev.corsac.config;

import java.time.Duration;

/**
 * How long the gateway waits.
 *
 * @param connect for a connection to an upstream; 5 s if the file says nothing
 * @param request for the head of an upstream's response; 60 s if the file says nothing
 * @param idle for anything to move on a connection; 60 s if the file says nothing
 * @param body for a request's body, and longer for one that moves on; 30 s if the file says nothing
 */
public record Timeouts(Duration connect, Duration request, Duration idle, Duration body) {
  private static final Duration DEFAULT_BODY = Duration.ofSeconds(30);

  static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60));

  /** With the default for bodies. */
  public Timeouts(Duration connect, Duration request, Duration idle) {
    this(connect, request, idle, DEFAULT_BODY);
  }
}
