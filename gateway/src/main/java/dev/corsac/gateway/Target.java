package dev.corsac.gateway;

import java.util.Locale;
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
    if (raw.startsWith("/")) {
      return of(raw);
    }
    if (raw.equals("*")) {
      return new Target("*", "*");
    }
    int authority = raw.indexOf("://");
    if (authority <= 0) {
      return null;
    }
    int end = authority + 3;
    while (end < raw.length() && raw.charAt(end) != '/' && raw.charAt(end) != '?') {
      end++;
    }
    return of(raw.startsWith("/", end) ? raw.substring(end) : "/" + raw.substring(end));
  }

  private static Target of(String pathAndQuery) {
    int query = pathAndQuery.indexOf('?');
    return new Target(query < 0 ? pathAndQuery : pathAndQuery.substring(0, query), pathAndQuery);
  }

  /**
   * Whether a server could read the path as leading upwards, and so out of the prefix that an
   * upstream has.
   */
  boolean climbs() {
    if (path.indexOf('.') < 0 && path.indexOf('%') < 0) {
      return false;
    }
    String read =
        path.toLowerCase(Locale.ROOT)
            .replace("%2e", ".")
            .replace("%2f", "/")
            .replace("%5c", "/")
            .replace('\\', '/');
    for (String segment : read.split("/", -1)) {
      int parameters = segment.indexOf(';');
      if ((parameters < 0 ? segment : segment.substring(0, parameters)).equals("..")) {
        return true;
      }
    }
    return false;
  }
}
