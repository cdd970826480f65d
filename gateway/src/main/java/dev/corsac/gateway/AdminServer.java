package dev.corsac.gateway;

import dev.corsac.config.HostPort;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What operators ask, on an address of its own: whether the gateway lives and whether it serves.
 */
final class AdminServer extends VerticleBase {
  private final HostPort address;
  private @Nullable HttpServer server;
  private volatile boolean stopping;

  AdminServer(HostPort address) {
    this.address = address;
  }

  @Override
  public Future<?> start() {
    HttpServer created = vertx.createHttpServer().requestHandler(this::handle);
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
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(json + "\n");
  }
}
