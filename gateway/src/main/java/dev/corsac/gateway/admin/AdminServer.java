package dev.corsac.gateway.admin;

import dev.corsac.config.HostPort;
import dev.corsac.config.Limits;
import dev.corsac.config.Timeouts;
import dev.corsac.gateway.connection.Door;
import dev.corsac.gateway.explain.InvalidQuestionException;
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
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators ask, on an address of its own: whether the gateway lives and whether it serves,
 * its metrics, and a page that shows what it does. Nothing here changes anything.
 */
public final class AdminServer extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger("corsac");

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
  private final OperatorPage page;
  private final PageFiles files = new PageFiles();
  private @Nullable HttpServer server;
  private volatile boolean stopping;

  /**
   * A server.
   *
   * @param token what is asked for, but for health
   */
  public AdminServer(
      HostPort address,
      Optional<String> token,
      Watch watch,
      OriginSources origins,
      OperatorPage page) {
    this.address = address;
    this.doorkeeper = new Doorkeeper(address, token);
    this.watch = watch;
    this.origins = origins;
    this.page = page;
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
      case "/api/state" -> {
        if (mayLook(request, response)) {
          response.json(200, page.state(status()).encode());
        }
      }
      case "/api/routes" -> {
        if (mayLook(request, response)) {
          reply(response, page::routes);
        }
      }
      case "/api/explain" -> {
        if (mayLook(request, response)) {
          reply(response, () -> page.explain(request.params()));
        }
      }
      default -> file(request, response);
    }
  }

  /**
   * Old origins are served, and said to be old; a place that was never read would deny its pages.
   * Where origins come from is for those who may look.
   */
  private void ready(HttpServerRequest request, AdminResponse response) {
    response.json(
        isReady() ? 200 : 503,
        OriginsReport.of(status(), doorkeeper.check(request) == null ? origins.status() : List.of())
            .encode());
  }

  private String status() {
    return stopping ? "stopping" : origins.ready() ? "up" : "waiting for origins";
  }

  /** The files of the page, which asks for the token itself. */
  private void file(HttpServerRequest request, AdminResponse response) {
    PageFiles.File file = files.get(String.valueOf(request.path()));
    if (file == null) {
      response.json(404, "{\"error\":\"nothing here\"}");
    } else if (mayLook(
        request,
        response,
        doorkeeper.asksForToken() ? doorkeeper.checkOrigin(request) : doorkeeper.check(request))) {
      response.send(200, file.type(), file.text());
    }
  }

  /** Off the event loop, which also serves requests. */
  private void reply(AdminResponse response, Callable<JsonObject> report) {
    vertx
        .executeBlocking(() -> report.call().encode())
        .onComplete(
            json -> response.json(200, json),
            e -> {
              if (e instanceof InvalidQuestionException invalid) {
                response.json(400, new JsonObject().put("error", invalid.problem()).encode());
              } else {
                log.error("corsac  a defect of the gateway, please report it", e);
                response.json(500, "{\"error\":\"a defect of the gateway; its log says more\"}");
              }
            });
  }

  /** Whether the request may go on; if not, it has its response. */
  private boolean mayLook(HttpServerRequest request, AdminResponse response) {
    return mayLook(request, response, doorkeeper.check(request));
  }

  private boolean mayLook(
      HttpServerRequest request, AdminResponse response, Doorkeeper.@Nullable Refusal refusal) {
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
