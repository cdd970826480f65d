package dev.corsac.gateway.proxy;

import dev.corsac.config.RouteOptions;
import dev.corsac.gateway.decision.OwnResponse;
import dev.corsac.gateway.decision.Visit;
import dev.corsac.gateway.guard.Identity;
import dev.corsac.gateway.http.RequestGate;
import dev.corsac.gateway.http.RequestHead;
import dev.corsac.gateway.proxy.Deadlines.Deadline;
import dev.corsac.gateway.route.Upstream;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to an upstream: its body is streamed, no faster than the upstream takes
 * it, and an upstream is asked only once the first part of the body, or its end, is there.
 *
 * <p>Everything happens on the request's event loop.
 */
public final class ProxiedRequest {
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

  private static final String GRPC = "application/grpc";

  /** Methods that may be sent twice (RFC 9110 section 9.2.2). */
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

  private final Proxy proxy;
  private final RouteOptions options;
  private final Upstream upstream;
  private final RequestHead head;
  private final Visit visit;
  private final Identity identity;
  private final HttpServerRequest request;
  private final Progress progress;
  private final @Nullable RequestGate gate;

  private State state = State.RECEIVING;
  private @Nullable Deadline deadline;
  private UpstreamRequest up;
  private @Nullable Buffer first;
  private boolean repeated;
  private long asked;

  public ProxiedRequest(
      Proxy proxy,
      RouteOptions options,
      Upstream upstream,
      RequestHead head,
      Visit visit,
      Identity identity) {
    this.proxy = proxy;
    this.options = options;
    this.identity = identity;
    this.upstream = upstream;
    this.head = head;
    this.visit = visit;
    this.request = head.request();
    this.up = new UpstreamRequest(upstream, this);
    this.progress = new Progress(options.timeouts());
    this.gate = RequestGate.of(request);
  }

  public void start() {
    request.exceptionHandler(this::clientFailed);
    request.response().exceptionHandler(this::clientFailed);
    request.response().closeHandler(v -> clientGone());
    if (head.expectsContinue()) {
      request.response().writeContinue();
    }
    deadline = proxy.deadlines().start(() -> progress.due(state), this::late);
    request.handler(this::take).endHandler(end -> ended());
    if (!head.framing().hasBody()) {
      // Its end comes with its head.
      request.resume();
      return;
    }
    request.pause();
    if (isStream()) {
      connect();
      return;
    }
    request.fetch(1);
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

  /** A call whose client may want to hear something before it says anything. */
  private boolean isStream() {
    String type = request.headers().get(HttpHeaders.CONTENT_TYPE);
    return upstream.http2() && head.isHttp2() && type != null && type.startsWith(GRPC);
  }

  private void to(State next) {
    if (gate != null) {
      gate.read(next != State.CONNECTING, head.framing().hasBody());
    }
    progress.enter(state, next);
    state = next;
    if (next == State.ENDED) {
      if (deadline != null) {
        deadline.cancel();
      }
      first = null;
    }
  }

  private void take(Buffer part) {
    switch (state) {
      case RECEIVING -> {
        if (part.length() == 0) {
          request.fetch(1);
        } else if (admit(part)) {
          first = part;
          connect();
        }
      }
      case SENDING, RESPONDING_EARLY -> {
        if (admit(part)) {
          up.write(part);
          holdBack();
        }
      }
      default -> {
        // Too late for this part: the exchange is over.
      }
    }
  }

  /** Whether this much may come; if not, the exchange is over. */
  private boolean admit(Buffer part) {
    progress.received(part.length());
    long announced = head.framing().length();
    if (announced >= 0 && progress.received() > announced) {
      malformed("the body is longer than announced.");
      return false;
    }
    if (progress.received() > options.maxBody()) {
      if (state == State.RESPONDING_EARLY) {
        abandon();
      } else {
        String message = OwnResponse.tooLarge(options.maxBody());
        visit.served().refused("body-too-large", 413, message);
        respond(413, message);
      }
      return false;
    }
    return true;
  }

  private void ended() {
    if (state == State.ENDED) {
      return;
    }
    long announced = head.framing().length();
    if (announced >= 0 && progress.received() != announced) {
      malformed("the body is shorter than announced.");
    } else if (state == State.RECEIVING) {
      connect();
    } else {
      to(state == State.RESPONDING_EARLY ? State.RESPONDING : State.WAITING);
      up.end();
    }
  }

  private void connect() {
    to(State.CONNECTING);
    asked = System.nanoTime();
    up.open(proxy.client(upstream, head.webSocket()), head);
  }

  /** There is a connection. */
  void connected() {
    Buffer part = first;
    first = null;
    if (isStream()) {
      to(State.SENDING);
      up.sendHead(head);
      request.resume();
      holdBack();
      return;
    }
    to(part == null ? State.WAITING : State.SENDING);
    if (part == null) {
      up.send(head);
    } else {
      up.send(head, part);
      request.resume();
      holdBack();
    }
  }

  private void holdBack() {
    if (up.isFull(this::goOn)) {
      request.pause();
      progress.held(true);
    }
  }

  private void goOn() {
    progress.held(false);
    if (state != State.ENDED) {
      request.resume();
    }
  }

  RouteOptions options() {
    return options;
  }

  Upstream upstream() {
    return upstream;
  }

  /** What guards found out. */
  Identity identity() {
    return identity;
  }

  /** The upstream says what the response will want (RFC 8297). */
  void hints(MultiMap hints) {
    if (state == State.SENDING || state == State.WAITING) {
      ProxiedResponse.passHints(head, hints);
    }
  }

  /** The response has begun. */
  void receive(HttpClientResponse from) {
    if (state != State.SENDING && state != State.WAITING) {
      from.request().reset();
      return;
    }
    to(state == State.SENDING ? State.RESPONDING_EARLY : State.RESPONDING);
    visit.served().upstreamResponded(System.nanoTime() - asked);
    new ProxiedResponse(this, head, visit, from).start();
  }

  /** There is no connection. */
  void notConnected(Throwable e) {
    UpstreamFailure failure = UpstreamFailure.ofConnecting(e, options.timeouts().connect());
    fail(failure.status(), failure.message());
  }

  /** There is no response. */
  void failed(Throwable e) {
    if (state != State.SENDING && state != State.WAITING) {
      return;
    }
    // The usual reason: the upstream closed an idle connection just as it was taken again.
    boolean mayRepeat =
        UpstreamFailure.mayRepeat(e)
            && !repeated
            && !head.webSocket()
            && progress.received() == 0
            && IDEMPOTENT.contains(head.method());
    if (mayRepeat) {
      repeated = true;
      up.release();
      up = new UpstreamRequest(upstream, this);
      connect();
    } else {
      fail(502, UpstreamFailure.ofResponse(e));
    }
  }

  private void late() {
    switch (state) {
      case RESPONDING, RESPONDING_EARLY -> abandon();
      case ENDED -> {
        // Nothing can be late.
      }
      default -> {
        UpstreamFailure failure = progress.late(state);
        if (failure.status() == 408) {
          visit.served().refused("body-too-slow", 408, failure.message());
          finish();
          new OwnResponse(proxy.vertx(), visit).last(408, failure.message());
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

  private void respond(int status, String message) {
    finish();
    new OwnResponse(proxy.vertx(), visit).text(status, message);
  }

  private void malformed(String message) {
    if (state == State.RESPONDING || state == State.RESPONDING_EARLY) {
      abandon();
      return;
    }
    visit.served().refused("malformed-body", 400, message);
    finish();
    new OwnResponse(proxy.vertx(), visit).last(400, message);
  }

  private void clientFailed(Throwable e) {
    boolean gone =
        e instanceof HttpClosedException
            || e instanceof StreamResetException
            || e instanceof IOException;
    if (gone || head.isHttp2()) {
      clientGone();
    } else if (state != State.ENDED) {
      malformed("the body is malformed.");
    }
  }

  private void clientGone() {
    visit.served().ended();
    if (state != State.ENDED) {
      finish();
    }
  }

  /** Something has moved on its way to the client. */
  void moved() {
    progress.moved();
  }

  boolean isOver() {
    return state == State.ENDED;
  }

  /** The response is whole. */
  void responded(boolean reusable) {
    boolean early = state == State.RESPONDING_EARLY;
    to(State.ENDED);
    if (early || !reusable) {
      up.reset();
    } else {
      up.release();
    }
    if (early) {
      // The upstream has said all without hearing all.
      OwnResponse.drain(proxy.vertx(), request);
    }
  }

  /** Too late for another response: one that ends early must not look whole. */
  void abandon() {
    finish();
    request.response().reset();
    visit.served().ended();
  }

  private void finish() {
    to(State.ENDED);
    up.reset();
  }

  /** The exchange goes on as a tunnel, which has no deadline of its own. */
  void becomesTunnel() {
    to(State.ENDED);
  }
}
