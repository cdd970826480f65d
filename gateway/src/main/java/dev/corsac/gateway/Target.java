package dev.corsac.gateway;

import dev.corsac.CorsRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for: the path that routes are looked up by, and the same path with its query,
 * which is what an upstream gets.
 *
 * @param path percent-encoded as received; {@code *} for {@code OPTIONS *}
 * @param forwarded the path and the query
 */
record Target(String path, String forwarded) {

  /**
   * Reads a request target (RFC 9112 section 3.2); null if it is none.
   *
   * <p>A fragment, a blank or a control character is no part of a target. HTTP/2 lets some of them
   * through, and on an HTTP/1.1 connection to an upstream they would end the request line or be
   * read as something else than was matched.
   */
  static @Nullable Target parse(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        return null;
      }
    }
    String path = CorsRequest.pathOf(raw);
    int query = raw.indexOf('?');
    return path.isEmpty() ? null : new Target(path, query < 0 ? path : path + raw.substring(query));
  }
}
