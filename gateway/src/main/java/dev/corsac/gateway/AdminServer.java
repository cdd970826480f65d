package dev.corsac.gateway;

import dev.corsac.config.HostPort;
import dev.corsac.config.Limits;
import dev.corsac.config.Timeouts;
import dev.corsac.gateway.connection.Door;
import dev.corsac.gateway.decision.EventLog;
import dev.corsac.origins.OriginSources;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What operators ask, on an address of its own: whether the gateway lives and whether it serves.
 */
final class AdminServer extends VerticleBase {
  /** More than all that ask for health; and what a stranger could take without it. */
  private static final Limits LIMITS =
      Limits.DEFAULT.withConnections(100).withConnectionsPerAddress(100);

  private static final Timeouts TIMEOUTS =
      Timeouts.DEFAULT.withIdle(Duration.ofSeconds(15)).withHead(Duration.ofSeconds(5));

  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
  private static final int MAX_HEAD = 8 * 1024;

  private final HostPort address;
  private final OriginSources origins;
  private @Nullable HttpServer server;
  private volatile boolean stopping;

  AdminServer(HostPort address, OriginSources origins) {
    this.address = address;
    this.origins = origins;
  }

  /** What its connections come in by, whose limits are not those of the public address. */
  static Door door(EventLog events) {
    return new Door(() -> LIMITS, () -> TIMEOUTS, events, MAX_HEAD, MAX_HEAD);
  }

  @Override
  public Future<?> start() {
    HttpServer created =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setMaxHeaderSize(MAX_HEAD)
                    .setMaxInitialLineLength(MAX_HEAD)
                    .setHttp2ClearTextEnabled(false))
            .requestHandler(this::handle)
            .exceptionHandler(brokenConnection -> {});
    server = created;
    return created.listen(address.port(), address.host());
  }

  int port() {
    HttpServer listening = server;
    if (listening == null) {
      throw new IllegalStateException("not started");
    }
    return listening.actualPort();
  }

  /** From now on it is alive but not ready, so that a load balancer looks elsewhere. */
  void stopping() {
    stopping = true;
  }

  private void handle(HttpServerRequest request) {
    boolean asks =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    if (!asks) {
      answer(request, 405, "{\"error\":\"only GET here\"}");
      return;
    }
    switch (request.path()) {
      case "/health/live" -> answer(request, 200, "{\"status\":\"up\"}");
      case "/health/ready" -> ready(request);
      case "/metrics" -> answer(request, 200, METRICS, OriginsReport.metrics(origins.status()));
      default -> answer(request, 404, "{\"error\":\"nothing here\"}");
    }
  }

  /**
   * Old origins are served, and said to be old; a place that was never read would deny its pages.
   */
  private void ready(HttpServerRequest request) {
    boolean waits = !origins.ready();
    String status = stopping ? "stopping" : waits ? "waiting for origins" : "up";
    answer(request, stopping || waits ? 503 : 200, OriginsReport.json(status, origins.status()));
  }

  private static void answer(HttpServerRequest request, int status, String json) {
    answer(request, status, "application/json", json + "\n");
  }

  private static void answer(HttpServerRequest request, int status, String type, String body) {
    // Nothing here has a body, so what still comes is not waited for.
    boolean sends = !request.isEnded() && bodyFollows(request);
    HttpServerResponse response = request.response();
    if (sends) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    Future<Void> sent =
        response
            .setStatusCode(status)
            .putHeader(HttpHeaders.CONTENT_TYPE, type)
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
            .end(body);
    if (sends) {
      sent.onComplete(done -> request.connection().close());
    }
  }

  private static boolean bodyFollows(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }
}
