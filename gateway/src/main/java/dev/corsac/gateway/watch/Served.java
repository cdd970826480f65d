package dev.corsac.gateway.watch;

import dev.corsac.CorsRequest;
import dev.corsac.Decision;
import dev.corsac.Reason;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * One request, from its head to the end of its response, as it is counted and told. Everything
 * happens on the request's event loop.
 */
public final class Served implements Handler<Void> {
  private final Watch watch;
  private final HttpServerRequest request;
  private final long start;
  private RouteMeters route;
  private @Nullable CorsRequest asked;
  private @Nullable Decision decision;
  private String client = "";
  private By by = By.GATEWAY;
  private boolean done;

  Served(Watch watch, HttpServerRequest request, RouteMeters route) {
    this.watch = watch;
    this.request = request;
    this.route = route;
    this.start = System.nanoTime();
  }

  /** It could be read. */
  public void asks(CorsRequest corsRequest, String clientAddress) {
    asked = corsRequest;
    client = clientAddress;
  }

  /** It has a route. */
  public void routed(RouteMeters meters) {
    route = meters;
  }

  /** A policy has decided. */
  public void decided(CorsRequest corsRequest, Decision made) {
    decision = made;
    Reason reason = made.reason();
    Kind kind = Kind.of(corsRequest, made);
    route.decided(kind, reason);
    if (made.reported().isEmpty() && reason.allowed()) {
      watch.recent().add(this, "allowed", reason.id(), kind.id(), status(made));
    } else if (made.reported().isPresent()) {
      Reason reported = made.reported().get();
      route.reported(reported);
      happened(Event.WOULD_REFUSE, reported.id(), kind.id(), 0, made.describe(corsRequest));
    } else {
      happened(Event.DENIED, reason.id(), kind.id(), status(made), made.describe(corsRequest));
    }
  }

  private static int status(Decision made) {
    return made instanceof Decision.Answer answer ? answer.status() : 0;
  }

  /** The route's guards let it in. */
  public void admitted() {
    route.guarded("all", "admitted");
  }

  /** A guard refuses it. */
  public void refusedBy(String guard, int status, String why) {
    route.guarded(guard, "refused");
    refused("guard-" + guard.replace('_', '-'), status, why);
  }

  /**
   * The gateway refuses it.
   *
   * @param reason a word of ours
   */
  public void refused(String reason, int status, String why) {
    route.refused(reason);
    happened(Event.REFUSED, reason, "", status, why);
  }

  /** The upstream's fault. */
  public void failed(String reason, int status, String why) {
    route.refused(reason);
    happened(Event.FAILED, reason, "", status, why);
  }

  private void happened(Event event, String reason, String kind, int status, String detail) {
    String origin = origin();
    Alike alike =
        new Alike(
            event,
            reason,
            kind,
            origin == null || event == Event.FAILED ? "" : origin,
            route.label(),
            Printable.word(method()),
            event == Event.FAILED ? detail : "");
    watch
        .events()
        .add(alike, new Tally.Example(printablePath(), client()), traceId(), status, detail);
    watch.recent().add(this, event.id(), reason, kind, status);
  }

  /** The head of the upstream's response is there. */
  public void upstreamResponded(long nanos) {
    by = By.UPSTREAM;
    route.upstreamResponded(nanos);
  }

  /** What follows is a file of the site, or says that there is none. */
  public void bySite() {
    by = By.SITE;
  }

  /** What follows is the gateway's own, though there may have been a response of the upstream. */
  public void byGateway() {
    by = By.GATEWAY;
  }

  /** Nothing more comes of it, whatever has been sent. */
  public void ended() {
    handle(null);
  }

  /** The response has ended, or its client has gone. */
  @Override
  public void handle(@Nullable Void end) {
    if (done) {
      return;
    }
    done = true;
    long nanos = System.nanoTime() - start;
    route.responded(by, status(), nanos);
    if (watch.writesAccess()) {
      AccessLog.write(this, nanos);
    }
  }

  /** The status that the client got; 0 if it went before it got one. */
  int status() {
    HttpServerResponse response = request.response();
    return response.headWritten() ? response.getStatusCode() : Statuses.GONE;
  }

  HttpServerRequest request() {
    return request;
  }

  String client() {
    return client.isEmpty() ? "-" : client;
  }

  String routeLabel() {
    return route.label();
  }

  By by() {
    return by;
  }

  @Nullable Decision decision() {
    return decision;
  }

  String method() {
    return request.method() == null ? "-" : request.method().name();
  }

  /** The path, without the query, in which there may be secrets. */
  String printablePath() {
    String path = asked == null ? String.valueOf(request.uri()) : asked.path();
    int query = path.indexOf('?');
    return Printable.word(query < 0 ? path : path.substring(0, query));
  }

  @Nullable String origin() {
    String origin = request.headers().get("Origin");
    return origin == null ? null : Printable.text(origin);
  }

  @Nullable String traceId() {
    return TraceId.of(request.headers().get("traceparent"));
  }
}
