package dev.corsac.gateway;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import java.util.Set;

/** Lets a request in if there is room for it, before anything else is done with it. */
final class Admission implements Handler<HttpServerRequest> {
  private static final long OBJECTS = 4 * 1024;
  private static final long HEADER_OBJECTS = 128;

  /** What has been read of a body and not been written to the upstream. */
  private static final long BODY = Buffers.READ_AHEAD;

  private static final Set<HttpMethod> WITHOUT_BODY =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.DELETE);

  private final Vertx vertx;
  private final EventLog events;
  private final Handler<HttpServerRequest> next;

  Admission(Vertx vertx, EventLog events, Handler<HttpServerRequest> next) {
    this.vertx = vertx;
    this.events = events;
    this.next = next;
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (ClientConnection.of(request).begin(request)) {
      next.handle(request);
      return;
    }
    Visit visit = Visit.undecided(request);
    String why = "there are too many requests at the same time; try again.";
    events.failed(visit.corsRequest(), 503, why);
    new OwnResponse(vertx, visit).text(503, why);
  }

  /** About what the objects take that a request consists of, and what of its body may wait here. */
  static long weight(HttpServerRequest request) {
    long weight = OBJECTS + request.uri().length();
    for (Map.Entry<String, String> header : request.headers()) {
      weight += HEADER_OBJECTS + header.getKey().length() + header.getValue().length();
    }
    return weight + bodyWeight(request);
  }

  private static long bodyWeight(HttpServerRequest request) {
    String length = request.headers().get(HttpHeaders.CONTENT_LENGTH);
    if (length != null) {
      try {
        return Math.min(Long.parseLong(length), BODY);
      } catch (NumberFormatException e) {
        return BODY;
      }
    }
    boolean unannounced =
        request.version() == HttpVersion.HTTP_2 && !WITHOUT_BODY.contains(request.method());
    return unannounced || request.headers().contains(HttpHeaders.TRANSFER_ENCODING) ? BODY : 0;
  }
}
