package dev.corsac.gateway;

import dev.corsac.CorsPolicy;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.HostPort;
import dev.corsac.config.Limits;
import dev.corsac.config.RouteConfig;
import dev.corsac.config.Timeouts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A gateway, an upstream that does what a test says, and a client that sends what it is told. */
final class Rig implements AutoCloseable {
  static final String PAGE = "https://page.example";

  /** For what is not about time, however busy the machine is. */
  static final Duration ENOUGH = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer upstream;
  private volatile Consumer<HttpServerRequest> behaviour = request -> request.response().end("ok");
  private final Gateway gateway;

  Rig() {
    this(policy().build());
  }

  Rig(CorsPolicy policy) {
    this(policy, timeouts(ENOUGH), limits(1000, 1000));
  }

  Rig(Timeouts timeouts, Limits limits) {
    this(policy().build(), timeouts, limits);
  }

  private Rig(CorsPolicy policy, Timeouts timeouts, Limits limits) {
    upstream =
        vertx
            .createHttpServer(new HttpServerOptions().setMaxHeaderSize(128 * 1024))
            .requestHandler(request -> behaviour.accept(request))
            .listen(0, "127.0.0.1")
            .await();
    gateway = start(config(policy, timeouts, limits));
  }

  private CorsacConfig config(CorsPolicy policy, Timeouts timeouts, Limits limits) {
    return config(URI.create(upstreamUrl()), policy).toBuilder()
        .timeouts(timeouts)
        .limits(limits)
        .build();
  }

  /** What a file would change without a restart. */
  void reload(Timeouts timeouts, Limits limits) {
    gateway.reload(config(policy().build(), timeouts, limits));
  }

  static Timeouts timeouts(Duration request) {
    return all(ENOUGH).withRequest(request);
  }

  /** The same for everything, but that nothing is waited for before stopping. */
  static Timeouts all(Duration each) {
    return Timeouts.DEFAULT
        .withConnect(each)
        .withRequest(each)
        .withIdle(each)
        .withBody(each)
        .withHead(each)
        .withWebSocket(each)
        .withDrain(Duration.ZERO)
        .withStop(each);
  }

  static Limits limits(int connections, int perAddress) {
    return Limits.DEFAULT.withConnections(connections).withConnectionsPerAddress(perAddress);
  }

  static CorsPolicy.Builder policy() {
    return CorsPolicy.builder()
        .allowOrigins(PAGE)
        .allowCredentials()
        .allowMethods("PUT", "DELETE")
        .exposeHeaders("X-Total-Count");
  }

  static CorsacConfig config(URI upstream, CorsPolicy policy, RouteConfig... routes) {
    return config(upstream, policy, 64L * 1024 * 1024, ENOUGH, routes);
  }

  static CorsacConfig config(
      URI upstream, CorsPolicy policy, long maxBody, Duration request, RouteConfig... routes) {
    return CorsacConfig.builder()
        .listen(new HostPort("127.0.0.1", 0))
        .admin(new HostPort("127.0.0.1", 0))
        .upstream(upstream)
        .cors(policy)
        .routes(List.of(routes))
        .timeouts(timeouts(request))
        .maxBody(maxBody)
        .build();
  }

  static Gateway start(CorsacConfig config) {
    try {
      return Gateway.start(config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Rig upstreamDoes(Consumer<HttpServerRequest> behaviour) {
    this.behaviour = behaviour;
    return this;
  }

  /** Has the upstream note the targets of requests that have come to their end. */
  void upstreamNotes(List<String> targets) {
    upstreamDoes(
        request ->
            request.endHandler(
                end -> {
                  targets.add(request.uri());
                  request.response().end("reached");
                }));
  }

  /** Does something after a time, as an upstream that takes long. */
  void later(long millis, Runnable what) {
    vertx.setTimer(millis, id -> what.run());
  }

  String upstreamUrl() {
    return "http://127.0.0.1:" + upstream.actualPort();
  }

  void stopUpstream() {
    upstream.close().await();
  }

  Gateway gateway() {
    return gateway;
  }

  int port() {
    return gateway.port();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** Sends lines as they are and returns all that comes back until the gateway closes. */
  String raw(String... lines) {
    return raw(port(), String.join("\r\n", lines) + "\r\n");
  }

  static String raw(int port, String text) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      try {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        socket.getInputStream().transferTo(received);
      } catch (SocketException e) {
        // A head that is far too long is not read to its end: an end too.
      }
      return received.toString(StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A GET of an allowed page. */
  String get(String path, String... headers) {
    return raw(
        "GET " + path + " HTTP/1.1",
        "Host: api.example",
        "Origin: " + PAGE,
        "Connection: close",
        headers.length == 0 ? "Accept: */*" : String.join("\r\n", headers),
        "");
  }

  @Override
  public void close() {
    gateway.close();
    vertx.close().await();
  }
}
