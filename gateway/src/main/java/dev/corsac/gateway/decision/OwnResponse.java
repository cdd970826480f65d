package dev.corsac.gateway.decision;

import dev.corsac.gateway.http.Framing;
import dev.corsac.gateway.http.RequestGate;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's own response, under the decision on the request: a page that may read the
 * upstream's responses may read these.
 */
public final class OwnResponse {
  /**
   * How long a client may go on sending a body that nobody reads. Browsers read a response only
   * once they have sent the request, so closing at once would hide the response.
   */
  private static final long DRAIN_MILLIS = 15_000;

  private static final long HTTP2_NO_ERROR = 0;

  private final Vertx vertx;
  private final Visit visit;
  private @Nullable MultiMap more;

  public OwnResponse(Vertx vertx, Visit visit) {
    this.vertx = vertx;
    this.visit = visit;
  }

  /** Adds a header to a response that says what happened. */
  public OwnResponse with(String name, String value) {
    more = more == null ? MultiMap.caseInsensitiveMultiMap() : more;
    more.add(name, value);
    return this;
  }

  /**
   * Ends with an empty body, the response to a preflight.
   *
   * @param cache how long shared caches may keep it if it allows something
   */
  public void empty(int status, @Nullable Duration cache) {
    HttpServerRequest request = visit.request();
    HttpServerResponse response = request.response().setStatusCode(status);
    boolean close = isUndecidedBody(request);
    if (close) {
      closeAfter(response);
    }
    visit.applyDecision();
    if (cache != null && status < 300) {
      response.putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=" + cache.toSeconds());
      // What it depends on is no header of a request that caches know by themselves.
      response
          .headers()
          .add(HttpHeaders.VARY, "Access-Control-Request-Method, Access-Control-Request-Headers");
    }
    response.end();
    finish(close);
  }

  /** Ends with a line of plain text that says what happened, before the body was asked for. */
  public void refusal(int status, String message) {
    if (isUndecidedBody(visit.request())) {
      last(status, message);
    } else {
      text(status, message);
    }
  }

  /** Ends with a line of plain text that says what happened. */
  public void text(int status, String message) {
    write(status, message, false);
    finish(false);
  }

  /** Whether it is up to the client if a body still comes (RFC 9110 section 10.1.1). */
  private static boolean isUndecidedBody(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.EXPECT)
        && request.version() != HttpVersion.HTTP_2
        && !request.isEnded();
  }

  /** The same, and the connection is closed: what follows on it could be anything. */
  public void last(int status, String message) {
    boolean http2 = visit.request().version() == HttpVersion.HTTP_2;
    write(status, message, !http2);
    finish(!http2);
  }

  private void finish(boolean close) {
    if (close) {
      visit.request().connection().close();
    } else {
      drain(vertx, visit.request());
    }
  }

  private void write(int status, String message, boolean close) {
    HttpServerRequest request = visit.request();
    HttpServerResponse response = request.response();
    response.headers().clear();
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (close) {
      closeAfter(response);
    }
    if (more != null) {
      response.headers().addAll(more);
    }
    visit.applyDecision();
    String line = "Corsac gateway: " + message + "\n";
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(line);
    }
  }

  /** From now on nothing is a request: at the end of a response Vert.x hands out the next one. */
  private void closeAfter(HttpServerResponse response) {
    response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    RequestGate.shut(visit.request().connection());
  }

  /** Takes and forgets what is left of a request's body, up to a time. */
  public static void drain(Vertx vertx, HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    if (!Framing.hasBody(request)) {
      // Its end comes with its head.
      request.resume();
      return;
    }
    long timer = vertx.setTimer(DRAIN_MILLIS, id -> giveUp(request));
    request
        .handler(buffer -> {})
        .endHandler(end -> vertx.cancelTimer(timer))
        .exceptionHandler(gone -> vertx.cancelTimer(timer))
        .resume();
  }

  private static void giveUp(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      // RFC 9113 section 8.1: the response is whole, the rest of the request is not wanted.
      request.response().reset(HTTP2_NO_ERROR);
    } else {
      request.connection().close();
    }
  }

  public static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  /** What is said of a body that is larger than the configuration allows. */
  public static String tooLarge(long most) {
    return "the request's body is larger than the " + most + " bytes that max_body allows.";
  }
}
