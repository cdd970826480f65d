package dev.corsac.gateway.admin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** A response of the admin address: not kept, not framed, not read by other origins. */
final class AdminResponse {
  /** Only what comes from here; no script or style in the page itself. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final HttpServerRequest request;
  private final HttpServerResponse response;

  AdminResponse(HttpServerRequest request) {
    this.request = request;
    this.response = request.response();
  }

  AdminResponse with(String name, String value) {
    response.putHeader(name, value);
    return this;
  }

  void json(int status, String json) {
    send(status, "application/json", json + "\n");
  }

  void send(int status, String type, String body) {
    if (response.closed() || response.ended()) {
      return;
    }
    // Nothing here has a body, so what still comes is not waited for.
    boolean sends = !request.isEnded() && bodyFollows(request);
    if (sends) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("X-Content-Type-Options", "nosniff");
    Future<Void> sent =
        request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(body);
    if (sends) {
      sent.onComplete(done -> request.connection().close());
    }
  }

  private static boolean bodyFollows(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }
}
