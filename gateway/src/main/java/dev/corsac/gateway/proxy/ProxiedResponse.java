package dev.corsac.gateway.proxy;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_GATEWAY;

import dev.corsac.gateway.decision.Visit;
import dev.corsac.gateway.http.Framing;
import dev.corsac.gateway.http.LoopTurn;
import dev.corsac.gateway.http.MalformedMessageException;
import dev.corsac.gateway.http.RequestHead;
import dev.corsac.gateway.http.Token;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/** An upstream's response on its way to the client, no faster than the client takes it. */
final class ProxiedResponse {
  private final UpstreamExchange exchange;
  private final RequestHead head;
  private final Visit visit;
  private final HttpClientResponse from;
  private final HttpServerResponse to;

  /** What has come last, until it is known whether the end came with it. */
  private @Nullable Buffer held;

  /** Whether the end of this turn is waited for. */
  private boolean turning;

  ProxiedResponse(
      UpstreamExchange exchange, RequestHead head, Visit visit, HttpClientResponse from) {
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
      from.exceptionHandler(ended -> {}).request().reset();
      exchange.fail(502, "upstream switched to a protocol that was not asked for.");
      return;
    }
    if (exchange.upstream().http2()) {
      try {
        Framing.checkResponse(status, from.headers());
      } catch (MalformedMessageException e) {
        from.exceptionHandler(ended -> {}).request().reset();
        exchange.fail(502, UpstreamFailure.ofResponse(e));
        return;
      }
    }
    from.pause().exceptionHandler(this::broken);
    to.setStatusCode(status);
    if (!head.isHttp2() && status != 304) {
      to.setStatusMessage(from.statusMessage());
    }
    Forwarding.response(from.headers(), to.headers());
    Locations.rewrite(to.headers(), exchange.upstream(), head.client());
    if (status == 101) {
      tunnel();
      return;
    }
    visit.applyDecision();
    if (exchange.options().joinExposedHeaders()) {
      ExposedHeaders.join(from.headers(), to.headers());
    }
    boolean hasBody = !head.request().method().equals(HttpMethod.HEAD) && hasContent(status);
    if (hasBody) {
      frame();
    } else if (status == 205) {
      to.putHeader(HttpHeaders.CONTENT_LENGTH, "0");
    } else if (!from.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      // A length that the upstream did not say would be a wrong one.
      to.headersEndHandler(v -> to.headers().remove(HttpHeaders.CONTENT_LENGTH));
    }
    if (hasBody) {
      atEndOfTurn();
    }
    from.handler(hasBody ? this::pass : none -> {}).endHandler(end -> end(hasBody)).resume();
  }

  private void atEndOfTurn() {
    turning = true;
    LoopTurn.atEnd(head.loop(), this::turned);
  }

  /** All has been read that had come: what there is of the response leaves, be it only the head. */
  private void turned() {
    turning = false;
    Buffer part = held;
    held = null;
    if (exchange.isOver()) {
      return;
    }
    if (part != null) {
      write(part);
    } else if (!to.headWritten()) {
      to.writeHead();
    }
  }

  /** Some responses end with their header fields (RFC 9110 sections 15.3 and 15.4). */
  private static boolean hasContent(int status) {
    return status != 204 && status != 205 && status != 304;
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
    Buffer before = held;
    held = part;
    if (before != null) {
      write(before);
    }
    if (!turning) {
      atEndOfTurn();
    }
  }

  private void write(Buffer part) {
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
    Buffer last = held;
    held = null;
    Future<Void> ended = last == null ? to.end() : to.end(last);
    if (endsByClosing) {
      ended.onComplete(end -> head.request().connection().close());
    }
  }

  private void broken(Throwable e) {
    if (exchange.isOver()) {
      return;
    }
    if (to.headWritten()) {
      exchange.abandon();
      return;
    }
    // All of it came in this turn, so the client has nothing yet and can be told.
    to.headersEndHandler(null).setChunked(false);
    to.setStatusMessage(BAD_GATEWAY.reasonPhrase());
    exchange.fail(BAD_GATEWAY.code(), UpstreamFailure.ofBody(e));
  }

  private void tunnel() {
    // RFC 9110 section 8.6: a 101 has no length, and what follows is no body.
    to.headers().remove(HttpHeaders.CONTENT_LENGTH);
    to.putHeader(HttpHeaders.CONNECTION, "Upgrade").putHeader(HttpHeaders.UPGRADE, "websocket");
    visit.applyDecision();
    exchange.becomesTunnel();
    NetSocket far = from.netSocket().pause();
    head.request()
        .toNetSocket()
        .onComplete(
            near -> {
              visit.served().ended();
              near.pipeTo(far).onComplete(end -> far.close());
              far.pipeTo(near).onComplete(end -> near.close());
            },
            e -> {
              far.close();
              exchange.abandon();
            });
  }
}
