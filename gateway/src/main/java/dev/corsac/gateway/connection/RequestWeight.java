package dev.corsac.gateway.connection;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import java.util.Set;

/** How much of the memory for clients a request takes. */
final class RequestWeight {
  private static final long OBJECTS = 4 * 1024;
  private static final long HEADER_OBJECTS = 128;

  /** What has been read of a body and not been written to the upstream. */
  private static final long BODY = Buffers.READ_AHEAD;

  private static final Set<HttpMethod> WITHOUT_BODY =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.DELETE);

  private RequestWeight() {}

  /** About what the objects take that a request consists of, and what of its body may wait here. */
  static long of(HttpServerRequest request) {
    // CONNECT has none in HTTP/2.
    long weight = OBJECTS + (request.uri() == null ? 0 : request.uri().length());
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
