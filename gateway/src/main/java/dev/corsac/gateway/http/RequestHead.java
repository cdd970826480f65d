package dev.corsac.gateway.http;

import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request's head, read once and found to be one that every recipient reads the same.
 *
 * @param client who asks, and which host
 * @param webSocket whether it is a WebSocket handshake that becomes a tunnel (RFC 6455 section 4.1)
 */
public record RequestHead(
    HttpServerRequest request,
    RequestTarget target,
    Client client,
    Framing framing,
    boolean webSocket) {

  /**
   * Reads the head of a request.
   *
   * @param proxies whose word counts for who asks
   */
  public static RequestHead read(HttpServerRequest request, TrustedProxies proxies)
      throws MalformedMessageException {
    HttpVersion version = request.version();
    String method = request.method().name();
    if (!Token.is(method)) {
      throw new MalformedMessageException("the method is not a token.");
    }
    if (request.method().equals(HttpMethod.CONNECT)) {
      throw new MalformedMessageException("CONNECT is for forward proxies.");
    }
    boolean http2 = version == HttpVersion.HTTP_2;
    boolean http10 = version == HttpVersion.HTTP_1_0;
    Framing framing = Framing.of(request.headers(), http2, http10);
    if (http2 && !RequestTarget.isHttp(String.valueOf(request.scheme()))) {
      throw new MalformedMessageException("the scheme is neither http nor https.");
    }
    if (http2 && !request.uri().startsWith("/") && !request.uri().equals("*")) {
      throw new MalformedMessageException(":path is not a path.");
    }
    RequestTarget target = RequestTarget.parse(method, request.uri());
    Authority named = http2 ? ofHttp2(request) : ofHostLine(request, http10);
    boolean webSocket = version == HttpVersion.HTTP_1_1 && isHandshake(request);
    if (webSocket && framing.hasBody()) {
      throw new MalformedMessageException("a WebSocket handshake has no body.");
    }
    Authority asked = target.authority();
    Client peer =
        new Client(
            address(request), request.isSSL() ? "https" : "http", asked == null ? named : asked);
    Client client = proxies.client(request.headers(), peer);
    return new RequestHead(request, target, client, framing, webSocket);
  }

  /** The event loop that it is handled on. */
  public EventLoop loop() {
    return ((ConnectionBase) request.connection()).channel().eventLoop();
  }

  private static InetAddress address(HttpServerRequest request) {
    return ((ConnectionBase) request.connection()).channel().remoteAddress()
                instanceof InetSocketAddress socket
            && socket.getAddress() != null
        ? socket.getAddress()
        : InetAddress.getLoopbackAddress();
  }

  /** The host that is asked; null if an HTTP/1.0 request names none. */
  public @Nullable Authority authority() {
    return client.authority();
  }

  private static @Nullable Authority ofHostLine(HttpServerRequest request, boolean http10)
      throws MalformedMessageException {
    List<String> lines = request.headers().getAll(HttpHeaders.HOST);
    if (lines.isEmpty() && http10) {
      return null;
    }
    if (lines.size() != 1) {
      throw new MalformedMessageException("a request has one Host header.");
    }
    Authority authority = Authority.parse(lines.get(0));
    if (authority == null) {
      throw new MalformedMessageException("the Host header is malformed.");
    }
    return authority;
  }

  private static Authority ofHttp2(HttpServerRequest request) throws MalformedMessageException {
    HostAndPort read = request.authority();
    String text =
        read == null ? "" : read.port() < 0 ? read.host() : read.host() + ":" + read.port();
    Authority authority = Authority.parse(text);
    if (authority == null) {
      throw new MalformedMessageException(":authority is malformed.");
    }
    return authority;
  }

  private static boolean isHandshake(HttpServerRequest request) {
    return request.method().equals(HttpMethod.GET)
        && request.headers().contains(HttpHeaders.UPGRADE)
        && Token.isListed(request.headers().getAll(HttpHeaders.UPGRADE), "websocket")
        && Token.isListed(request.headers().getAll(HttpHeaders.CONNECTION), "upgrade");
  }

  public boolean isHttp10() {
    return request.version() == HttpVersion.HTTP_1_0;
  }

  public boolean isHttp2() {
    return request.version() == HttpVersion.HTTP_2;
  }

  public String method() {
    return request.method().name();
  }

  /**
   * Whether the client waits with the body until it is told to send it (RFC 9110 section 10.1.1).
   */
  public boolean expectsContinue() {
    return framing.hasBody()
        && !isHttp10()
        && "100-continue".equalsIgnoreCase(request.headers().get(HttpHeaders.EXPECT));
  }
}
