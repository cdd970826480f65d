package dev.corsac.gateway.http;

import dev.corsac.CorsRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for: the path that routes are looked up by, and the same path with its query,
 * which is what an upstream gets.
 *
 * @param path percent-encoded as received; {@code *} for {@code OPTIONS *}
 * @param forwarded the path and the query
 * @param authority the authority of an absolute target, which takes the place of {@code Host} (RFC
 *     9112 section 3.2.2)
 */
public record RequestTarget(String path, String forwarded, @Nullable Authority authority) {

  /**
   * Reads a request target (RFC 9112 section 3.2).
   *
   * <p>Permitted: {@code /path?query}; {@code http://host/path} and {@code https://host/path}, also
   * without a path; {@code *} for OPTIONS. Prohibited: an authority alone, which only CONNECT has;
   * other schemes; a query with a slash behind a host without a path; a fragment, a blank or a
   * control character. HTTP/2 lets some of those through, and on an HTTP/1.1 connection to an
   * upstream they would end the request line or be read as something else than was matched.
   */
  public static RequestTarget parse(String method, String raw) throws MalformedMessageException {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '#') {
        throw malformed();
      }
    }
    if (raw.startsWith("/")) {
      return of(raw, null);
    }
    if (raw.equals("*") && method.equals("OPTIONS")) {
      return new RequestTarget("*", "*", null);
    }
    int scheme = raw.indexOf("://");
    if (scheme < 0 || !isHttp(raw.substring(0, scheme)) || CorsRequest.pathOf(raw).isEmpty()) {
      throw malformed();
    }
    int start = scheme + 3;
    int end = start;
    while (end < raw.length() && raw.charAt(end) != '/' && raw.charAt(end) != '?') {
      end++;
    }
    Authority authority = Authority.parse(raw.substring(start, end));
    if (authority == null) {
      throw malformed();
    }
    String rest = raw.substring(end);
    if (rest.isEmpty() && method.equals("OPTIONS")) {
      // RFC 9112 section 3.2.4: what a proxy was asked as http://host is asked as * of the server.
      return new RequestTarget("*", "*", authority);
    }
    return of(rest.startsWith("/") ? rest : "/" + rest, authority);
  }

  private static MalformedMessageException malformed() {
    return new MalformedMessageException("the request target is malformed.");
  }

  /** Whether it is a scheme whose requests come here; schemes are compared in any case. */
  static boolean isHttp(String scheme) {
    return scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
  }

  private static RequestTarget of(String pathAndQuery, @Nullable Authority authority) {
    int query = pathAndQuery.indexOf('?');
    return new RequestTarget(
        query < 0 ? pathAndQuery : pathAndQuery.substring(0, query), pathAndQuery, authority);
  }
}
