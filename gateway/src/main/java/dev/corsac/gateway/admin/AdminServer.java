package dev.corsac.gateway.admin;

import dev.corsac.config.HostPort;
import dev.corsac.config.Limits;
import dev.corsac.config.Timeouts;
import dev.corsac.gateway.connection.Door;
import dev.corsac.gateway.watch.EventLog;
import dev.corsac.gateway.watch.Meters;
import dev.corsac.gateway.watch.Watch;
import dev.corsac.origins.OriginSources;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What operators ask, on an address of its own: whether the gateway lives and whether it serves,
 * and its metrics. Nothing here changes anything.
 */
public final class AdminServer extends VerticleBase {
  /** More than all that ask for health; and what a stranger could take without it. */
  private static final Limits LIMITS =
      Limits.DEFAULT.withConnections(100).withConnectionsPerAddress(100);

  private static final Timeouts TIMEOUTS =
      Timeouts.DEFAULT.withIdle(Duration.ofSeconds(15)).withHead(Duration.ofSeconds(5));

  private static final int MAX_HEAD = 8 * 1024;

  private final HostPort address;
  private final Doorkeeper doorkeeper;
  private final Watch watch;
  private final OriginSources origins;
  private @Nullable HttpServer server;
  private volatile boolean stopping;

  /**
   * A server.
   *
   * @param token what is asked for, but for health
   */
  public AdminServer(HostPort address, Optional<String> token, Watch watch, OriginSources origins) {
    this.address = address;
    this.doorkeeper = new Doorkeeper(address, token);
    this.watch = watch;
    this.origins = origins;
  }

  /** What its connections come in by, whose limits are not those of the public address. */
  public static Door door(EventLog events) {
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

  public int port() {
    HttpServer listening = server;
    if (listening == null) {
      throw new IllegalStateException("not started");
    }
    return listening.actualPort();
  }

  /** From now on it is alive but not ready, so that a load balancer looks elsewhere. */
  public void stopping() {
    stopping = true;
  }

  public boolean isReady() {
    return !stopping && origins.ready();
  }

  private void handle(HttpServerRequest request) {
    AdminResponse response = new AdminResponse(request);
    boolean asks =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    if (!asks) {
      response.with("Allow", "GET, HEAD").json(405, "{\"error\":\"only GET here\"}");
      return;
    }
    switch (String.valueOf(request.path())) {
      case "/health/live" -> response.json(200, "{\"status\":\"up\"}");
      case "/health/ready" -> ready(request, response);
      case "/metrics" -> {
        if (mayLook(request, response)) {
          metrics(response);
        }
      }
      default -> response.json(404, "{\"error\":\"nothing here\"}");
    }
  }

  /**
   * Old origins are served, and said to be old; a place that was never read would deny its pages.
   * Where origins come from is for those who may look.
   */
  private void ready(HttpServerRequest request, AdminResponse response) {
    boolean waits = !origins.ready();
    String status = stopping ? "stopping" : waits ? "waiting for origins" : "up";
    response.json(
        stopping || waits ? 503 : 200,
        OriginsReport.json(
            status, doorkeeper.check(request) == null ? origins.status() : List.of()));
  }

  /** Whether the request may go on; if not, it has its response. */
  private boolean mayLook(HttpServerRequest request, AdminResponse response) {
    Doorkeeper.Refusal refusal = doorkeeper.check(request);
    if (refusal == null) {
      return true;
    }
    watch.adminRefused(request.remoteAddress().hostAddress(), refusal.problem());
    if (refusal.status() == 401) {
      response.with("WWW-Authenticate", "Bearer");
    }
    response.json(refusal.status(), "{\"error\":\"" + refusal.problem() + "\"}");
    return false;
  }

  private void metrics(AdminResponse response) {
    vertx
        .executeBlocking(watch.meters()::scrape)
        .onComplete(
            text -> response.send(200, Meters.CONTENT_TYPE, text),
            e -> response.json(503, "{\"error\":\"the metrics cannot be had now\"}"));
  }
}
