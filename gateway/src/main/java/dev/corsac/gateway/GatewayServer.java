package dev.corsac.gateway;

import dev.corsac.config.CorsacConfig;
import dev.corsac.gateway.connection.ClientConnection;
import dev.corsac.gateway.connection.Http2Streams;
import dev.corsac.gateway.http.RequestDecoder;
import dev.corsac.gateway.http.RequestGate;
import dev.corsac.gateway.proxy.Proxy;
import dev.corsac.gateway.proxy.Suspects;
import dev.corsac.gateway.proxy.UpstreamCodec;
import dev.corsac.gateway.route.ServingConfig;
import dev.corsac.gateway.watch.Watch;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's share of the gateway: its server, which shares the port with the others, and its
 * connections to upstreams, which it shares with nobody.
 */
final class GatewayServer extends VerticleBase {
  private static final int CONNECTIONS_TO_AN_UPSTREAM = 1024;

  /** Those whose clients have given up count until it is their turn. */
  private static final int WAITING_FOR_AN_UPSTREAM = 4096;

  /** Each takes as many streams as the upstream says, which is usually a hundred. */
  private static final int HTTP2_CONNECTIONS_TO_AN_UPSTREAM = 32;

  /** Less than the 5 seconds after which Uvicorn and Node.js close an idle connection. */
  private static final int UPSTREAM_KEEP_ALIVE_SECONDS = 4;

  private final CorsacConfig config;
  private final @Nullable ServerSSLOptions tls;
  private final Supplier<ServingConfig> current;
  private final Watch watch;
  private final Suspects suspects;
  private @Nullable HttpServer server;

  GatewayServer(
      CorsacConfig config,
      @Nullable ServerSSLOptions tls,
      Supplier<ServingConfig> current,
      Watch watch,
      Suspects suspects) {
    this.config = config;
    this.tls = tls;
    this.current = current;
    this.watch = watch;
    this.suspects = suspects;
  }

  @Override
  public Future<?> start() {
    Proxy proxy = new Proxy(vertx, client(clientOptions()), client(http2ClientOptions()));
    GatewayHandler handler = new GatewayHandler(proxy, watch, current);
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

  private HttpClient client(HttpClientOptions options) {
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(poolOptions())
        .withConnectHandler(
            connection ->
                UpstreamCodec.install(
                    connection, RequestDecoder.MOST_LINE, RequestDecoder.MOST_HEAD, suspects))
        .build();
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
  private HttpServerOptions serverOptions() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxHeaderSize(RequestDecoder.MOST_HEAD)
            .setMaxInitialLineLength(RequestDecoder.MOST_LINE)
            .setInitialSettings(
                new Http2Settings()
                    .setMaxHeaderListSize(RequestDecoder.MOST_HEAD)
                    .setMaxConcurrentStreams(Http2Streams.MOST))
            // WebSockets pass as they are.
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setTcpNoDelay(true);
    if (tls != null) {
      options
          .setSsl(true)
          .setUseAlpn(true)
          .setClientAuth(tls.getClientAuth())
          .setKeyCertOptions(tls.getKeyCertOptions())
          .setTrustOptions(tls.getTrustOptions());
      options.setEnabledSecureTransportProtocols(tls.getEnabledSecureTransportProtocols());
    }
    return options;
  }

  /** From the next handshake on. */
  void use(ServerSSLOptions changed) {
    HttpServer listening = server;
    if (listening != null) {
      listening.updateSSLOptions(changed, true);
    }
  }

  private static HttpClientOptions clientOptions() {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setKeepAliveTimeout(UPSTREAM_KEEP_ALIVE_SECONDS)
        .setMaxHeaderSize(RequestDecoder.MOST_HEAD)
        .setDecompressionSupported(false)
        .setTcpNoDelay(true);
  }

  /** In cleartext with prior knowledge (RFC 9113 section 3.3), in TLS by ALPN. */
  private static HttpClientOptions http2ClientOptions() {
    return clientOptions()
        .setProtocolVersion(HttpVersion.HTTP_2)
        .setHttp2ClearTextUpgrade(false)
        .setUseAlpn(true)
        .setAlpnVersions(List.of(HttpVersion.HTTP_2))
        .setInitialSettings(new Http2Settings().setMaxHeaderListSize(RequestDecoder.MOST_HEAD));
  }

  private static PoolOptions poolOptions() {
    return new PoolOptions()
        .setMaxWaitQueueSize(WAITING_FOR_AN_UPSTREAM)
        .setHttp1MaxSize(CONNECTIONS_TO_AN_UPSTREAM)
        .setHttp2MaxSize(HTTP2_CONNECTIONS_TO_AN_UPSTREAM);
  }
}
