package dev.corsac.gateway;

import dev.corsac.config.CorsacConfig;
import dev.corsac.gateway.connection.ClientConnection;
import dev.corsac.gateway.connection.Http2Streams;
import dev.corsac.gateway.decision.EventLog;
import dev.corsac.gateway.http.RequestDecoder;
import dev.corsac.gateway.http.RequestGate;
import dev.corsac.gateway.proxy.Proxy;
import dev.corsac.gateway.proxy.UpstreamCodec;
import dev.corsac.gateway.route.ServingConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's share of the gateway: its server, which shares the port with the others, and its
 * connections to upstreams, which it shares with nobody.
 */
final class GatewayServer extends VerticleBase {
  private static final int CONNECTIONS_TO_AN_UPSTREAM = 1024;

  /** Less than the 5 seconds after which Uvicorn and Node.js close an idle connection. */
  private static final int UPSTREAM_KEEP_ALIVE_SECONDS = 4;

  private final CorsacConfig config;
  private final Supplier<ServingConfig> current;
  private final EventLog events;
  private @Nullable HttpServer server;

  GatewayServer(CorsacConfig config, Supplier<ServingConfig> current, EventLog events) {
    this.config = config;
    this.current = current;
    this.events = events;
  }

  @Override
  public Future<?> start() {
    var client =
        vertx
            .httpClientBuilder()
            .with(clientOptions())
            .with(poolOptions())
            .withConnectHandler(
                connection ->
                    UpstreamCodec.install(
                        connection, RequestDecoder.MOST_LINE, RequestDecoder.MOST_HEAD))
            .build();
    GatewayHandler handler = new GatewayHandler(new Proxy(vertx, client, events), current);
    HttpServer created =
        vertx
            .createHttpServer(serverOptions())
            .requestHandler(handler)
            .invalidRequestHandler(handler::refuseUnread)
            .connectionHandler(RequestGate::install)
            .exceptionHandler(brokenConnection -> {});
    server = created;
    // Servers on one negative port share one free port.
    int port = config.listen().port() == 0 ? -1 : config.listen().port();
    return created.listen(port, config.listen().host());
  }

  int port() {
    HttpServer listening = server;
    if (listening == null) {
      throw new IllegalStateException("not started");
    }
    return listening.actualPort();
  }

  /**
   * Without timeouts: {@link ClientConnection} has them. What Netty bounds by itself is left as it
   * is: resets in a time, small CONTINUATION frames, DATA frames that are empty, and responses to
   * PING and SETTINGS that are not taken.
   */
  private static HttpServerOptions serverOptions() {
    return new HttpServerOptions()
        .setMaxHeaderSize(RequestDecoder.MOST_HEAD)
        .setMaxInitialLineLength(RequestDecoder.MOST_LINE)
        .setInitialSettings(
            new Http2Settings()
                .setMaxHeaderListSize(RequestDecoder.MOST_HEAD)
                .setMaxConcurrentStreams(Http2Streams.MOST))
        .setTcpNoDelay(true);
  }

  private static HttpClientOptions clientOptions() {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setKeepAliveTimeout(UPSTREAM_KEEP_ALIVE_SECONDS)
        .setMaxHeaderSize(RequestDecoder.MOST_HEAD)
        .setDecompressionSupported(false)
        .setTcpNoDelay(true);
  }

  private static PoolOptions poolOptions() {
    return new PoolOptions().setHttp1MaxSize(CONNECTIONS_TO_AN_UPSTREAM);
  }
}
