package dev.corsac.gateway;

import dev.corsac.config.HostPort;
import dev.corsac.config.Limits;
import dev.corsac.config.Timeouts;
import dev.corsac.gateway.connection.Door;
import dev.corsac.gateway.decision.EventLog;
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

  private static final int MAX_HEAD = 8 * 1024;

  private final HostPort address;
  private @Nullable HttpServer server;
  private volatile boolean stopping;

  AdminServer(HostPort address) {
    this.address = address;
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
      case "/health/ready" ->
          answer(
              request,
              stopping ? 503 : 200,
              stopping ? "{\"status\":\"stopping\"}" : "{\"status\":\"up\"}");
      default -> answer(request, 404, "{\"error\":\"nothing here\"}");
    }
  }

  private static void answer(HttpServerRequest request, int status, String json) {
    // Nothing here has a body, so what still comes is not waited for.
    boolean sends = !request.isEnded() && bodyFollows(request);
    HttpServerResponse response = request.response();
    if (sends) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    Future<Void> sent =
        response
            .setStatusCode(status)
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
            .end(json + "\n");
    if (sends) {
      sent.onComplete(done -> request.connection().close());
    }
  }

  private static boolean bodyFollows(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }
}
