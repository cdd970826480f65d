package dev.corsac.gateway.proxy;

import dev.corsac.gateway.http.Authority;
import dev.corsac.gateway.http.RequestHead;
import dev.corsac.gateway.http.Token;
import dev.corsac.gateway.route.Upstream;
import dev.corsac.gateway.tls.FromFiles;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.HostAndPort;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as an upstream gets it, from the wait for a connection on.
 *
 * <p>Clients come and go while connections are waited for. A request that is over is held by
 * nothing here, nor is what its client sent.
 */
final class UpstreamRequest {
  /** Methods of which a server expects a body (RFC 9110 section 8.6). */
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private final Upstream upstream;
  private @Nullable ProxiedRequest exchange;
  private @Nullable HttpClientRequest sent;
  private @Nullable Buffer first;

  UpstreamRequest(Upstream upstream, ProxiedRequest exchange) {
    this.upstream = upstream;
    this.exchange = exchange;
  }

  /**
   * Asks for a connection. How long that may take is not told to Vert.x, whose timer would hold the
   * connection, also a closed one, until the time is over.
   *
   * @param beginning what has come of the body, if it has one
   */
  void open(HttpClient client, RequestHead head, @Nullable Buffer beginning) {
    first = beginning;
    RequestOptions options =
        new RequestOptions()
            .setSslOptions(tls(head))
            .setHost(upstream.host())
            .setPort(upstream.port())
            .setSsl(upstream.tls())
            .setMethod(head.request().method())
            .setURI(upstream.prefix().before(head.target()));
    Future<HttpClientRequest> connection;
    try {
      connection = client.request(options);
    } catch (IllegalStateException closed) {
      // Vert.x ends its clients before the connections of ours.
      notOpened(closed);
      return;
    }
    connection.onComplete(this::opened, this::notOpened);
  }

  private @Nullable ClientSSLOptions tls(RequestHead head) {
    FromFiles<ClientSSLOptions> files = upstream.files();
    if (files == null || !head.webSocket()) {
      return files == null ? null : files.current();
    }
    // A WebSocket is spoken over HTTP/1.1.
    return files.current().copy().setUseAlpn(false);
  }

  private void opened(HttpClientRequest up) {
    // Whatever befalls the connection fails the response too; Vert.x logs what nobody handles.
    up.exceptionHandler(e -> {});
    ProxiedRequest waiting = exchange;
    if (waiting == null) {
      up.reset();
      return;
    }
    sent = up;
    up.earlyHintsHandler(waiting::hints);
    up.response().onComplete(waiting::receive, e -> failed(e));
    waiting.connected();
  }

  private void notOpened(Throwable e) {
    ProxiedRequest waiting = exchange;
    if (waiting != null) {
      waiting.notConnected(e);
    }
  }

  private void failed(Throwable e) {
    ProxiedRequest waiting = exchange;
    if (waiting != null) {
      waiting.failed(e);
    }
  }

  /** Sends the head of a handshake, or of a request without a body, which is then whole. */
  void send(RequestHead head) {
    HttpClientRequest up = begin(head);
    if (up == null) {
      return;
    }
    if (head.webSocket()) {
      up.putHeader(HttpHeaders.CONNECTION, "Upgrade").putHeader(HttpHeaders.UPGRADE, "websocket");
      up.connect();
    } else {
      if (WITH_BODY.contains(head.method())) {
        up.putHeader(HttpHeaders.CONTENT_LENGTH, "0");
      }
      up.end();
    }
  }

  /** Sends the head of a request whose body may begin much later. */
  void sendHead(RequestHead head) {
    HttpClientRequest up = begin(head);
    if (up != null) {
      up.setChunked(true);
      up.writeHead();
    }
  }

  /** Whether there is a part of the body that waits for the connection. */
  boolean hasFirst() {
    return first != null;
  }

  /** Sends the head of a request with a body, and the first part of that. */
  void sendFirst(RequestHead head) {
    Buffer part = first;
    HttpClientRequest up = begin(head);
    if (up == null || part == null) {
      return;
    }
    first = null;
    if (head.framing().length() > 0) {
      up.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(head.framing().length()));
    } else {
      up.setChunked(true);
    }
    up.write(part);
  }

  private @Nullable HttpClientRequest begin(RequestHead head) {
    HttpClientRequest up = sent;
    if (up != null) {
      HttpServerRequest request = head.request();
      Authority asked = head.authority();
      Forwarding.Client client =
          new Forwarding.Client(
              head.client().addressText(),
              head.client().scheme(),
              asked == null ? upstream.authority() : asked.toString());
      Forwarding.request(request.headers(), up.headers(), client, upstream);
      MaxForwards.lessen(head, up.headers());
      ProxiedRequest waiting = exchange;
      if (waiting != null) {
        tell(up.headers(), request.headers(), waiting);
      }
      if (upstream.http2() && !head.webSocket() && asked != null && !upstream.tls()) {
        // RFC 9113 section 8.3.1: it says what Host would.
        up.authority(HostAndPort.authority(asked.host(), asked.port()));
      }
      if (upstream.http2() && !head.webSocket()) {
        up.headers().remove(HttpHeaders.HOST);
      }
    }
    return up;
  }

  /** What a route and its guards say of a request's headers, beyond what is true of all. */
  private void tell(MultiMap headers, MultiMap from, ProxiedRequest waiting) {
    waiting.identity().spent().forEach(headers::remove);
    waiting.identity().headers().forEach(headers::set);
    if (waiting.options().dropOrigin()) {
      headers.remove(HttpHeaders.ORIGIN);
    }
    if (upstream.http2() && Token.isListed(from.getAll("TE"), "trailers")) {
      // It is about one connection (RFC 9110 section 10.1.4), and trailers pass on this one too.
      headers.set("TE", "trailers");
    }
  }

  void write(Buffer part) {
    HttpClientRequest up = sent;
    if (up != null) {
      up.write(part);
    }
  }

  void end() {
    HttpClientRequest up = sent;
    if (up != null) {
      up.end();
    }
  }

  /** Whether it takes no more for now; if so, {@code drained} runs when it does again. */
  boolean isFull(Runnable drained) {
    HttpClientRequest up = sent;
    if (up == null || !up.writeQueueFull()) {
      return false;
    }
    up.drainHandler(v -> drained.run());
    return true;
  }

  /** The response is whole: the connection is Vert.x' again. */
  void release() {
    exchange = null;
    sent = null;
    first = null;
  }

  /** Ends the exchange, and the connection unless nothing has been sent on it. */
  void reset() {
    HttpClientRequest up = sent;
    release();
    if (up != null) {
      up.reset();
    }
  }
}
