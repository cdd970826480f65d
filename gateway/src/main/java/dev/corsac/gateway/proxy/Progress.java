package dev.corsac.gateway.proxy;

import dev.corsac.config.Timeouts;
import dev.corsac.gateway.decision.OwnResponse;
import dev.corsac.gateway.proxy.UpstreamExchange.State;
import java.time.Duration;

/**
 * How far a proxied request has come, and until when it must have come further.
 *
 * <p>A body has {@code timeouts.body}, and a second more for every {@value #LEAST_RATE} bytes that
 * have come, so that one that trickles holds a connection to the upstream no longer than it is
 * worth. Its time counts neither while the upstream does not take it nor into {@code
 * timeouts.request}.
 */
final class Progress {
  /** Bytes of a body in a second, less than the slowest of mobile networks. */
  static final int LEAST_RATE = 4096;

  private final Timeouts timeouts;
  private long requestDue;
  private long bodyDue;
  private long since;
  private long moved;
  private long received;
  private boolean held;

  Progress(Timeouts timeouts) {
    this.timeouts = timeouts;
    since = Deadlines.now();
    moved = since;
    requestDue = since + timeouts.request().toMillis();
    bodyDue = since + timeouts.body().toMillis();
  }

  void enter(State before, State next) {
    long now = Deadlines.now();
    if (before == State.RECEIVING || before == State.SENDING) {
      requestDue += now - since;
    }
    if (next == State.SENDING) {
      bodyDue += now - since;
    }
    since = now;
    moved = now;
    held = false;
  }

  void received(int bytes) {
    received += bytes;
    moved = Deadlines.now();
  }

  long received() {
    return received;
  }

  void moved() {
    moved = Deadlines.now();
  }

  /** The upstream takes no more for now, or takes it again. */
  void held(boolean nowHeld) {
    long now = Deadlines.now();
    if (held && !nowHeld) {
      bodyDue += now - moved;
    }
    held = nowHeld;
    moved = now;
  }

  /** When a request in this state is late, on the clock of {@link Deadlines#now}. */
  long due(State state) {
    return switch (state) {
      case RECEIVING -> bodyDue;
      case CONNECTING -> Math.min(requestDue, since + timeouts.connect().toMillis());
      case WAITING -> requestDue;
      case SENDING ->
          held ? moved + timeouts.idle().toMillis() : bodyDue + received * 1000 / LEAST_RATE;
      case RESPONDING, RESPONDING_EARLY -> moved + timeouts.idle().toMillis();
      case ENDED -> Long.MAX_VALUE;
    };
  }

  /** What is to be said of a request that is late in this state. */
  UpstreamFailure late(State state) {
    Duration request = timeouts.request();
    return switch (state) {
      case CONNECTING ->
          UpstreamFailure.notConnectedWithin(
              request.compareTo(timeouts.connect()) < 0 ? request : timeouts.connect());
      case WAITING ->
          new UpstreamFailure(
              504, "upstream did not respond within " + OwnResponse.seconds(request) + ".");
      default ->
          held
              ? new UpstreamFailure(
                  504,
                  "upstream took nothing of the body within "
                      + OwnResponse.seconds(timeouts.idle())
                      + ".")
              : new UpstreamFailure(
                  408,
                  "the request's body comes too slowly; timeouts.body says how long it may take.");
    };
  }
}
