package dev.corsac.gateway.proxy;

import dev.corsac.config.RouteOptions;
import dev.corsac.gateway.decision.Visit;
import dev.corsac.gateway.guard.Identity;
import dev.corsac.gateway.http.RequestHead;
import dev.corsac.gateway.proxy.UpstreamExchange.State;
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
  private static final String GRPC = "application/grpc";

  /** Methods that may be sent twice (RFC 9110 section 9.2.2). */
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

  private final Proxy proxy;
  private final RequestHead head;
  private final Visit visit;
  private final Identity identity;
  private final HttpServerRequest request;
  private final UpstreamExchange exchange;
  private UpstreamRequest up;
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
    this.head = head;
    this.visit = visit;
    this.identity = identity;
    this.request = head.request();
    this.exchange = new UpstreamExchange(proxy, options, upstream, head, visit);
    this.up = new UpstreamRequest(upstream, this);
    exchange.ask(up);
  }

  public void start() {
    request.exceptionHandler(this::clientFailed);
    request.response().exceptionHandler(this::clientFailed);
    request.response().closeHandler(v -> exchange.clientGone());
    if (head.expectsContinue()) {
      request.response().writeContinue();
    }
    proxy.deadlines().start(exchange);
    request.handler(this::take).endHandler(end -> ended());
    if (!head.framing().hasBody()) {
      // Its end comes with its head.
      request.resume();
      return;
    }
    request.pause();
    if (isStream()) {
      connect(null);
      return;
    }
    request.fetch(1);
    exchange.readNextTurn();
  }

  /** A call whose client may want to hear something before it says anything. */
  private boolean isStream() {
    String type = request.headers().get(HttpHeaders.CONTENT_TYPE);
    return exchange.upstream().http2() && head.isHttp2() && type != null && type.startsWith(GRPC);
  }

  private void take(Buffer part) {
    switch (exchange.state()) {
      case RECEIVING -> {
        if (part.length() == 0) {
          request.fetch(1);
        } else if (admit(part)) {
          connect(part);
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
    Progress progress = exchange.progress();
    progress.received(part.length());
    long announced = head.framing().length();
    if (announced >= 0 && progress.received() > announced) {
      exchange.malformed("the body is longer than announced.");
      return false;
    }
    if (progress.received() > exchange.options().maxBody()) {
      exchange.tooLarge();
      return false;
    }
    return true;
  }

  private void ended() {
    if (exchange.isOver()) {
      return;
    }
    long announced = head.framing().length();
    if (announced >= 0 && exchange.progress().received() != announced) {
      exchange.malformed("the body is shorter than announced.");
    } else if (exchange.state() == State.RECEIVING) {
      connect(null);
    } else {
      boolean early = exchange.state() == State.RESPONDING_EARLY;
      exchange.to(early ? State.RESPONDING : State.WAITING);
      up.end();
    }
  }

  private void connect(@Nullable Buffer first) {
    exchange.to(State.CONNECTING);
    asked = System.nanoTime();
    up.open(proxy.client(exchange.upstream(), head.webSocket()), head, first);
  }

  /** There is a connection. */
  void connected() {
    if (isStream()) {
      exchange.to(State.SENDING);
      up.sendHead(head);
    } else if (up.hasFirst()) {
      exchange.to(State.SENDING);
      up.sendFirst(head);
    } else {
      exchange.to(State.WAITING);
      up.send(head);
      return;
    }
    request.resume();
    holdBack();
  }

  private void holdBack() {
    if (up.isFull(this::goOn)) {
      request.pause();
      exchange.progress().held(true);
    }
  }

  private void goOn() {
    exchange.progress().held(false);
    if (!exchange.isOver()) {
      request.resume();
    }
  }

  RouteOptions options() {
    return exchange.options();
  }

  /** What guards found out. */
  Identity identity() {
    return identity;
  }

  /** The upstream says what the response will want (RFC 8297). */
  void hints(MultiMap hints) {
    if (exchange.awaitsResponse()) {
      ProxiedResponse.passHints(head, hints);
    }
  }

  /** The response has begun. */
  void receive(HttpClientResponse from) {
    if (!exchange.awaitsResponse()) {
      from.request().reset();
      return;
    }
    boolean early = exchange.state() == State.SENDING;
    exchange.to(early ? State.RESPONDING_EARLY : State.RESPONDING);
    visit.served().upstreamResponded(System.nanoTime() - asked);
    new ProxiedResponse(exchange, head, visit, from).start();
  }

  /** There is no connection. */
  void notConnected(Throwable e) {
    UpstreamFailure failure =
        UpstreamFailure.ofConnecting(e, exchange.options().timeouts().connect());
    exchange.fail(failure.status(), failure.message());
  }

  /** There is no response. */
  void failed(Throwable e) {
    if (!exchange.awaitsResponse()) {
      return;
    }
    // The usual reason: the upstream closed an idle connection just as it was taken again.
    boolean mayRepeat =
        UpstreamFailure.mayRepeat(e)
            && !repeated
            && !head.webSocket()
            && exchange.progress().received() == 0
            && IDEMPOTENT.contains(head.method());
    if (mayRepeat) {
      repeated = true;
      up.release();
      up = new UpstreamRequest(exchange.upstream(), this);
      exchange.ask(up);
      connect(null);
    } else {
      exchange.fail(502, UpstreamFailure.ofResponse(e));
    }
  }

  private void clientFailed(Throwable e) {
    boolean gone =
        e instanceof HttpClosedException
            || e instanceof StreamResetException
            || e instanceof IOException;
    if (gone || head.isHttp2()) {
      exchange.clientGone();
    } else if (!exchange.isOver()) {
      exchange.malformed("the body is malformed.");
    }
  }
}
