package dev.corsac.gateway.connection;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

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
    Lines lines = new Lines();
    request.headers().forEach(lines);
    return ofHead(request.uri(), lines.count, lines.size) + bodyWeight(request);
  }

  /**
   * The same of a head alone.
   *
   * @param lines how many header lines it has
   * @param size the characters of their names and values
   */
  static long ofHead(@Nullable String target, int lines, long size) {
    return OBJECTS + (target == null ? 0 : target.length()) + HEADER_OBJECTS * lines + size;
  }

  /** An iterator would make an object of each line. */
  private static final class Lines implements BiConsumer<String, String> {
    private int count;
    private long size;

    @Override
    public void accept(String name, String value) {
      count++;
      size += name.length() + value.length();
    }
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
