package dev.corsac.gateway;

import dev.corsac.Decision;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each request: finds its route, asks the policy, answers or passes it on. */
final class GatewayHandler implements Handler<HttpServerRequest> {
  private static final Logger log = LoggerFactory.getLogger("corsac");

  private final Vertx vertx;
  private final HttpClient client;
  private final Supplier<Site> current;
  private final EventLog events;

  GatewayHandler(Vertx vertx, HttpClient client, Supplier<Site> current, EventLog events) {
    this.vertx = vertx;
    this.client = client;
    this.current = current;
    this.events = events;
  }

  @Override
  public void handle(HttpServerRequest request) {
    try {
      take(request);
    } catch (RuntimeException e) {
      log.error("corsac  a defect of the gateway, please report it", e);
      if (!request.response().headWritten()) {
        new Reply(vertx, request, null).text(500, "an error of the gateway itself.");
      } else {
        request.response().reset();
      }
    }
  }

  private void take(HttpServerRequest request) {
    Site site = current.get();
    Target target = Target.parse(request.uri());
    String problem = target == null ? "the request target is malformed." : problem(request);
    if (target == null || problem != null) {
      refuse(new GatewayRequest(request, request.uri()), null, 400, problem);
      return;
    }
    GatewayRequest corsRequest = new GatewayRequest(request, target.path());
    Route route = site.route(target.path());
    if (route.ambiguous()) {
      refuse(
          corsRequest,
          null,
          400,
          "the path can be read in two ways that lead to different routes.");
      return;
    }
    Decision decision = route.cors().decide(corsRequest);
    if (!decision.reason().allowed()) {
      events.denied(corsRequest, decision);
    }
    Reply reply = new Reply(vertx, request, decision);
    if (decision instanceof Decision.Answer answer) {
      reply.empty(answer.status());
      return;
    }
    Upstream upstream = route.upstream();
    if (upstream == null) {
      refuse(corsRequest, decision, 404, "no upstream for this path.");
    } else if (upstream.prefix().isLeftBy(target)) {
      refuse(corsRequest, decision, 400, "the path leads out of the upstream's.");
    } else if (declaredLength(request) > site.maxBody()) {
      refuse(corsRequest, decision, 413, tooLarge(site.maxBody()));
    } else {
      new Exchange(vertx, client, site, upstream, target, request, corsRequest, reply, events)
          .start();
    }
  }

  private void refuse(
      GatewayRequest request, @Nullable Decision decision, int status, @Nullable String why) {
    String message = why == null ? "bad request." : why;
    events.refused(request, status, message);
    new Reply(vertx, request.request(), decision).text(status, message);
  }

  /** What makes a request one that servers may understand differently; null if nothing does. */
  private static @Nullable String problem(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.CONNECT)) {
      return "CONNECT is for forward proxies.";
    }
    if (request.uri().equals("*") && !request.method().equals(HttpMethod.OPTIONS)) {
      return "the target * is for OPTIONS.";
    }
    if (request.version() == HttpVersion.HTTP_1_1
        && request.headers().getAll(HttpHeaders.HOST).size() != 1) {
      return "a request has one Host header.";
    }
    if (request.version() != HttpVersion.HTTP_1_0 && request.authority() == null) {
      return "the Host header is malformed.";
    }
    return null;
  }

  private static long declaredLength(HttpServerRequest request) {
    String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      return 0;
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  static String tooLarge(long most) {
    return "the request's body is larger than the " + most + " bytes that max_body allows.";
  }
}
