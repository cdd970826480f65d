package dev.corsac.gateway;

import dev.corsac.Decision;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway itself answers, under the decision on the request: a page that may read the
 * upstream's responses may read these.
 */
final class Reply {
  /**
   * How long a client may go on sending a body that nobody reads. Browsers read a response only
   * once they have sent the request, so closing at once would hide the response.
   */
  private static final long DRAIN_MILLIS = 15_000;

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final @Nullable Decision decision;

  Reply(Vertx vertx, HttpServerRequest request, @Nullable Decision decision) {
    this.vertx = vertx;
    this.request = request;
    this.decision = decision;
  }

  /** Writes the decision's headers to the response as it stands; comes last before it is sent. */
  void applyDecision() {
    if (decision != null) {
      decision.applyTo(new GatewayResponse(request.response().headers()));
    }
  }

  /** Ends with an empty body. */
  void empty(int status) {
    HttpServerResponse response = request.response().setStatusCode(status);
    applyDecision();
    drain();
    response.end();
  }

  /** Ends with a line of plain text that says what happened. */
  void text(int status, String message) {
    HttpServerResponse response = request.response();
    response.headers().clear();
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (expectsContinue(request)) {
      // Whether the body still comes is up to the client, so the connection is of no more use.
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    applyDecision();
    drain();
    String line = "Corsac gateway: " + message + "\n";
    Future<Void> sent =
        request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(line);
    if (expectsContinue(request)) {
      sent.onComplete(done -> request.connection().close());
    }
  }

  /** Takes and forgets what is left of the request's body, up to a time. */
  void drain() {
    if (request.isEnded()) {
      return;
    }
    if (request.version() == HttpVersion.HTTP_2) {
      request.handler(buffer -> {}).resume();
      return;
    }
    long timer = vertx.setTimer(DRAIN_MILLIS, id -> request.connection().close());
    request
        .handler(buffer -> {})
        .endHandler(end -> vertx.cancelTimer(timer))
        .exceptionHandler(gone -> vertx.cancelTimer(timer))
        .resume();
  }

  static boolean expectsContinue(HttpServerRequest request) {
    return "100-continue".equalsIgnoreCase(request.headers().get(HttpHeaders.EXPECT));
  }

  static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
