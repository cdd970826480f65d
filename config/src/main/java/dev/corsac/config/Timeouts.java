package dev.corsac.config;

import java.time.Duration;

/**
 * How long the gateway waits.
 *
 * @param connect for a connection to an upstream; 5 s if the file says nothing
 * @param request for the head of an upstream's response; 60 s if the file says nothing
 * @param idle for anything to move on a connection; 60 s if the file says nothing
 * @param body for a request's body, and longer for one that moves on; 30 s if the file says nothing
 * @param head for the whole head of a request; 15 s if the file says nothing
 * @param webSocket for anything to move on a WebSocket; 1 h if the file says nothing
 * @param drain between the signal to stop, when {@code /health/ready} says so, and the last new
 *     connection; may be zero; 1 s if the file says nothing
 * @param stop after that, for requests under way to end; 10 s if the file says nothing
 */
public record Timeouts(
    Duration connect,
    Duration request,
    Duration idle,
    Duration body,
    Duration head,
    Duration webSocket,
    Duration drain,
    Duration stop) {
  static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(60));

  /** Three of them, and for the others what a file means that says nothing. */
  public Timeouts(Duration connect, Duration request, Duration idle) {
    this(
        connect,
        request,
        idle,
        Duration.ofSeconds(30),
        Duration.ofSeconds(15),
        Duration.ofHours(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10));
  }
}
