package dev.corsac;

import dev.corsac.origin.OriginSyntax;
import java.util.List;

/**
 * What a request tells about where it comes from, besides {@code Origin} (Fetch Metadata Request
 * Headers).
 */
final class FetchMetadata {
  private static final String WEBSOCKET = "websocket";

  private FetchMetadata() {}

  /** A browser says that another origin's page caused the request. */
  static boolean isFromElsewhere(CorsRequest request) {
    String site = request.header("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }

  /**
   * A page of this server itself. Plain http gets no {@code Sec-Fetch-Site}, so there the host has
   * to tell.
   */
  static boolean isSameOrigin(String origin, CorsRequest request) {
    String site = request.header("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin") && request.headers("Sec-Fetch-Site").size() == 1;
    }
    String host = request.authority();
    if (host == null || host.isEmpty()) {
      return false;
    }
    int schemeEnd = origin.indexOf("://");
    if (schemeEnd < 0) {
      return false;
    }
    int authority = schemeEnd + 3;
    int length = lengthWithoutDefaultPort(host, origin);
    return length == origin.length() - authority
        && origin.regionMatches(true, authority, host, 0, length);
  }

  /** An origin leaves out the default port of its scheme, but {@code Host} may name it. */
  private static int lengthWithoutDefaultPort(String host, String origin) {
    int port = OriginSyntax.defaultPort(origin);
    if (port == 443 && host.endsWith(":443")) {
      return host.length() - 4;
    }
    return port == 80 && host.endsWith(":80") ? host.length() - 3 : host.length();
  }

  /**
   * May change state (RFC 9110 section 9.2.1; RFC 10008 section 2 for QUERY), or opens a WebSocket,
   * which CORS does not cover.
   */
  static boolean isUnsafe(CorsRequest request) {
    String method = request.method();
    boolean safe =
        method.equals("GET")
            || method.equals("HEAD")
            || method.equals("OPTIONS")
            || method.equals("QUERY");
    return !safe || isWebSocketHandshake(request);
  }

  /**
   * Whether any server could take a request for a WebSocket handshake: {@code Upgrade} names the
   * protocol, on any line, anywhere in its list, in any case, with a version or without (RFC 9110
   * section 7.8). {@code Connection} does not count, since a server that does not look at it
   * upgrades all the same. Over HTTP/2 the method is CONNECT (RFC 8441), which is not safe anyway.
   */
  private static boolean isWebSocketHandshake(CorsRequest request) {
    if (request.header("Upgrade") == null) {
      return false;
    }
    List<String> lines = request.headers("Upgrade");
    for (int i = 0; i < lines.size(); i++) {
      if (namesWebSocket(lines.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean namesWebSocket(String line) {
    for (int at = 0; at <= line.length() - WEBSOCKET.length(); at++) {
      if (line.regionMatches(true, at, WEBSOCKET, 0, WEBSOCKET.length())) {
        return true;
      }
    }
    return false;
  }

  /** Follows a link: nothing but the user sees the response. */
  static boolean isNavigation(CorsRequest request) {
    return !isUnsafe(request) && "navigate".equals(request.header("Sec-Fetch-Mode"));
  }
}
