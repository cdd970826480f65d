package dev.corsac.gateway.proxy;

import dev.corsac.gateway.decision.Visit;
import dev.corsac.gateway.http.RequestHead;
import dev.corsac.gateway.http.Token;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;

/** An upstream's response on its way to the client, no faster than the client takes it. */
final class ProxiedResponse {
  private final ProxiedRequest exchange;
  private final RequestHead head;
  private final Visit visit;
  private final HttpClientResponse from;
  private final HttpServerResponse to;

  ProxiedResponse(ProxiedRequest exchange, RequestHead head, Visit visit, HttpClientResponse from) {
    this.exchange = exchange;
    this.head = head;
    this.visit = visit;
    this.from = from;
    this.to = head.request().response();
  }

  /** Passes the headers of a 103 (RFC 8297). */
  static void passHints(RequestHead head, MultiMap hints) {
    if (!head.isHttp10()) {
      MultiMap passed = MultiMap.caseInsensitiveMultiMap();
      Forwarding.hints(hints, passed);
      head.request().response().writeEarlyHints(passed);
    }
  }

  void start() {
    int status = from.statusCode();
    if (status == 101 && !isWebSocket(from.headers())) {
      from.request().reset();
      exchange.fail(502, "upstream switched to a protocol that was not asked for.");
      return;
    }
    from.pause().exceptionHandler(e -> broken());
    to.setStatusCode(status);
    if (!head.isHttp2() && status != 304) {
      to.setStatusMessage(from.statusMessage());
    }
    Forwarding.response(from.headers(), to.headers());
    if (status == 101) {
      tunnel();
      return;
    }
    visit.applyDecision();
    boolean hasBody =
        !head.request().method().equals(HttpMethod.HEAD) && status != 204 && status != 304;
    if (hasBody) {
      frame();
    } else if (!from.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      // A length that the upstream did not say would be a wrong one.
      to.headersEndHandler(v -> to.headers().remove(HttpHeaders.CONTENT_LENGTH));
    }
    from.handler(this::pass).endHandler(end -> end(hasBody)).resume();
  }

  private boolean isWebSocket(MultiMap headers) {
    return head.webSocket() && Token.isListed(headers.getAll(HttpHeaders.UPGRADE), "websocket");
  }

  private void frame() {
    if (from.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      return;
    }
    if (head.isHttp10()) {
      // Knows no chunks: the end of the connection is the end of the body.
      to.headersEndHandler(v -> to.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE));
    } else {
      to.setChunked(true);
    }
  }

  private void pass(Buffer part) {
    if (exchange.isOver()) {
      return;
    }
    exchange.moved();
    to.write(part);
    if (to.writeQueueFull()) {
      from.pause();
      to.drainHandler(
          v -> {
            exchange.moved();
            from.resume();
          });
    }
  }

  private void end(boolean hasBody) {
    if (exchange.isOver()) {
      return;
    }
    if (to.isChunked() && !from.trailers().isEmpty()) {
      Forwarding.trailers(from.trailers(), to.trailers());
    }
    boolean endsByClosing =
        hasBody && head.isHttp10() && !from.headers().contains(HttpHeaders.CONTENT_LENGTH);
    // A handshake that was refused: the client keeps the connection open for nothing else.
    exchange.responded(!head.webSocket());
    to.end()
        .onComplete(
            end -> {
              if (endsByClosing) {
                head.request().connection().close();
              }
            });
  }

  private void broken() {
    if (!exchange.isOver()) {
      exchange.abandon();
    }
  }

  private void tunnel() {
    to.putHeader(HttpHeaders.CONNECTION, "Upgrade").putHeader(HttpHeaders.UPGRADE, "websocket");
    visit.applyDecision();
    exchange.becomesTunnel();
    NetSocket far = from.netSocket().pause();
    head.request()
        .toNetSocket()
        .onComplete(
            near -> {
              near.pipeTo(far).onComplete(end -> far.close());
              far.pipeTo(near).onComplete(end -> near.close());
            },
            e -> {
              far.close();
              exchange.abandon();
            });
  }
}
