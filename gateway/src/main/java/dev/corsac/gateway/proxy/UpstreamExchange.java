package dev.corsac.gateway.proxy;

import dev.corsac.config.RouteOptions;
import dev.corsac.gateway.decision.OwnResponse;
import dev.corsac.gateway.decision.Visit;
import dev.corsac.gateway.http.RequestGate;
import dev.corsac.gateway.http.RequestHead;
import dev.corsac.gateway.route.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * One exchange with an upstream: where it stands, until when it must have come further, and how it
 * ends.
 *
 * <p>Everything happens on the request's event loop.
 */
final class UpstreamExchange extends Deadlines.Deadline {
  /** Where the request is on its way. */
  enum State {
    /** Nothing of the body has come, nor its end. */
    RECEIVING,
    /** A connection to the upstream is wanted. */
    CONNECTING,
    /** The body is under way. */
    SENDING,
    /** The upstream has it all. */
    WAITING,
    /** The upstream responds before it has it all. */
    RESPONDING_EARLY,
    RESPONDING,
    /** Nothing happens any more. */
    ENDED
  }

  private final Proxy proxy;
  private final RouteOptions options;
  private final Upstream upstream;
  private final RequestHead head;
  private final Visit visit;
  private final Progress progress;
  private final @Nullable RequestGate gate;
  private State state = State.RECEIVING;
  private @Nullable UpstreamRequest asked;

  UpstreamExchange(
      Proxy proxy, RouteOptions options, Upstream upstream, RequestHead head, Visit visit) {
    this.proxy = proxy;
    this.options = options;
    this.upstream = upstream;
    this.head = head;
    this.visit = visit;
    this.progress = new Progress(options.timeouts());
    this.gate = RequestGate.of(head.request());
  }

  RouteOptions options() {
    return options;
  }

  Upstream upstream() {
    return upstream;
  }

  /** How far it has come. */
  Progress progress() {
    return progress;
  }

  State state() {
    return state;
  }

  /** Whether the upstream has been asked and has not responded. */
  boolean awaitsResponse() {
    return state == State.SENDING || state == State.WAITING;
  }

  boolean isOver() {
    return state == State.ENDED;
  }

  /** Takes a request for the one that ends with the exchange. */
  void ask(UpstreamRequest up) {
    asked = up;
  }

  /** Takes a step. */
  void to(State next) {
    if (gate != null) {
      gate.read(next != State.CONNECTING, head.framing().hasBody());
    }
    progress.enter(state, next);
    state = next;
    if (next == State.ENDED) {
      cancel();
    }
  }

  /** Has no more of the body read in this turn of the event loop than has come with the head. */
  void readNextTurn() {
    RequestGate held = gate;
    if (held != null) {
      held.read(false, true);
      proxy
          .vertx()
          .runOnContext(
              v -> {
                if (state == State.RECEIVING) {
                  held.read(true, true);
                }
              });
    }
  }

  /** Something has moved on its way to the client. */
  void moved() {
    progress.moved();
  }

  /** The response is whole. */
  void responded(boolean reusable) {
    boolean early = state == State.RESPONDING_EARLY;
    to(State.ENDED);
    if (asked != null) {
      if (early || !reusable) {
        asked.reset();
      } else {
        asked.release();
      }
    }
    if (early) {
      // The upstream has said all without hearing all.
      OwnResponse.drain(proxy.vertx(), head.request());
    }
  }

  /** The exchange goes on as a tunnel, which has no deadline of its own. */
  void becomesTunnel() {
    to(State.ENDED);
  }

  /** Too late for another response: one that ends early must not look whole. */
  void abandon() {
    finish();
    head.request().response().reset();
    visit.served().ended();
  }

  void clientGone() {
    visit.served().ended();
    if (state != State.ENDED) {
      finish();
    }
  }

  @Override
  long due() {
    return progress.due(state);
  }

  @Override
  void late() {
    switch (state) {
      case RESPONDING, RESPONDING_EARLY -> abandon();
      case ENDED -> {
        // Nothing can be late.
      }
      default -> {
        UpstreamFailure failure = progress.late(state);
        if (failure.status() == 408) {
          refuseForGood("body-too-slow", 408, failure.message());
        } else {
          fail(failure.status(), failure.message());
        }
      }
    }
  }

  /** The upstream's fault; also logged. */
  void fail(int status, String message) {
    visit.served().byGateway();
    visit
        .served()
        .failed(
            status == 504 ? "upstream-timeout" : "upstream-failed",
            status,
            upstream + ": " + message);
    respond(status, message);
  }

  /** More of the body has come than may. */
  void tooLarge() {
    if (state == State.RESPONDING_EARLY) {
      abandon();
    } else {
      String message = OwnResponse.tooLarge(options.maxBody());
      visit.served().refused("body-too-large", 413, message);
      respond(413, message);
    }
  }

  /** The body is not what its head announced. */
  void malformed(String message) {
    if (state == State.RESPONDING || state == State.RESPONDING_EARLY) {
      abandon();
    } else {
      refuseForGood("malformed-body", 400, message);
    }
  }

  private void respond(int status, String message) {
    finish();
    new OwnResponse(proxy.vertx(), visit).text(status, message);
  }

  /** What follows on the connection could be anything. */
  private void refuseForGood(String reason, int status, String message) {
    visit.served().refused(reason, status, message);
    finish();
    new OwnResponse(proxy.vertx(), visit).last(status, message);
  }

  private void finish() {
    to(State.ENDED);
    if (asked != null) {
      asked.reset();
    }
  }
}
