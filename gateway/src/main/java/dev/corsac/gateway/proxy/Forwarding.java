package dev.corsac.gateway.proxy;

import dev.corsac.gateway.guard.Guards;
import dev.corsac.gateway.http.Framing;
import dev.corsac.gateway.http.MalformedMessageException;
import dev.corsac.gateway.route.Upstream;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which headers pass, and which are the gateway's own to say.
 *
 * <p>Headers that describe one connection end here (RFC 9110 section 7.6.1), in both directions.
 * What tells an upstream who asks ({@code Forwarded}, {@code X-Forwarded-*}, {@code X-Real-IP}) is
 * replaced, since anybody can send it; and so is what makes some servers take another path than the
 * one in the request line, which is the one the policy was chosen by, and {@code Proxy}, which CGI
 * programs take for a setting ({@code HTTP_PROXY}).
 *
 * <p>There is no {@code Via}: some servers stop compressing when they see one.
 */
final class Forwarding {
  private static final Set<String> ONE_CONNECTION =
      Set.of(
          "connection",
          "http2-settings",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "transfer-encoding",
          "upgrade");

  private static final Set<String> NOT_FROM_CLIENTS =
      Set.of(
          "forwarded",
          "proxy",
          "true-client-ip",
          "x-client-ip",
          "x-envoy-original-path",
          "x-forwarded",
          "x-original-host",
          "x-original-url",
          "x-real-ip",
          "x-rewrite-url");

  private static final Set<String> SET_BY_US = Set.of("host", "content-length", "expect");

  /** What a recipient must have read before the body (RFC 9110 section 6.5.1). */
  private static final Set<String> NOT_IN_TRAILERS =
      Set.of("content-length", "content-encoding", "content-type", "set-cookie", "trailer", "vary");

  private static final CharSequence X_FORWARDED_FOR =
      HttpHeaders.createOptimized("X-Forwarded-For");
  private static final CharSequence X_FORWARDED_HOST =
      HttpHeaders.createOptimized("X-Forwarded-Host");
  private static final CharSequence X_FORWARDED_PROTO =
      HttpHeaders.createOptimized("X-Forwarded-Proto");
  private static final CharSequence FORWARDED = HttpHeaders.createOptimized("Forwarded");

  /** By the first letter of a field's name. */
  private static final boolean[] MAY_END_HERE = new boolean[128];

  static {
    Stream.of(ONE_CONNECTION, NOT_FROM_CLIENTS, SET_BY_US, Guards.OWN_NAMES)
        .flatMap(Set::stream)
        .forEach(
            name -> {
              MAY_END_HERE[name.charAt(0)] = true;
              MAY_END_HERE[Character.toUpperCase(name.charAt(0))] = true;
            });
  }

  private Forwarding() {}

  /** Who asks, and under which name: what an upstream behind a gateway cannot see by itself. */
  record Client(String address, String scheme, String authority) {

    /** Without the zone of an IPv6 address, which means nothing elsewhere. */
    Client {
      int zone = address.indexOf('%');
      address = zone < 0 ? address : address.substring(0, zone);
    }

    /** As in RFC 7239 section 6: IPv6 addresses in brackets and quotes. */
    String forwarded() {
      String node = address.indexOf(':') < 0 ? address : "\"[" + address + "]\"";
      return "for=" + node + ";host=\"" + authority + "\";proto=" + scheme;
    }
  }

  /** Copies a request's headers for an upstream; the body's length is left to the caller. */
  static void request(MultiMap from, MultiMap to, Client client, Upstream upstream) {
    Set<String> named = namedByConnection(from);
    from.forEach(
        (name, value) -> {
          if (passes(name, named)) {
            to.add(name, value);
          }
        });
    // An https upstream is known by its certificate's name; others may need the name they are
    // called by.
    to.set(HttpHeaders.HOST, upstream.tls() ? upstream.authority() : client.authority());
    to.add(X_FORWARDED_FOR, client.address());
    to.add(X_FORWARDED_HOST, client.authority());
    to.add(X_FORWARDED_PROTO, client.scheme());
    to.add(FORWARDED, client.forwarded());
  }

  /** Copies a response's headers for a client. */
  static void response(MultiMap from, MultiMap to) {
    Set<String> named = namedByConnection(from);
    from.forEach(
        (name, value) -> {
          if (!isOfOneConnection(name, named)) {
            to.add(name, value);
          }
        });
  }

  /**
   * Copies an interim response's headers: as a response's, and without CORS headers, which mean
   * nothing there and would be the upstream's.
   */
  static void hints(MultiMap from, MultiMap to) {
    MultiMap passed = MultiMap.caseInsensitiveMultiMap();
    response(from, passed);
    for (Map.Entry<String, String> header : passed) {
      String name = lowerCase(header.getKey());
      if (!isCors(name) && !name.equals("content-length")) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }

  /** Copies the trailers of a response that a recipient may be given (RFC 9110 section 6.5). */
  static void trailers(MultiMap from, MultiMap to) {
    MultiMap passed = MultiMap.caseInsensitiveMultiMap();
    response(from, passed);
    for (Map.Entry<String, String> trailer : passed) {
      String name = lowerCase(trailer.getKey());
      if (!isCors(name) && !NOT_IN_TRAILERS.contains(name)) {
        try {
          Framing.checkField(name, trailer.getValue());
        } catch (MalformedMessageException e) {
          // The response's body has been sent; a trailer that is none is left out.
          continue;
        }
        to.add(trailer.getKey(), trailer.getValue());
      }
    }
  }

  private static boolean isCors(String name) {
    return name.startsWith("access-control-") || name.equals("corsac-decision");
  }

  private static boolean passes(String name, Set<String> named) {
    // Most fields begin with another letter than any that does not pass.
    if (named.isEmpty() && !MAY_END_HERE[name.charAt(0) & 0x7f]) {
      return true;
    }
    String lower = lowerCase(name);
    return !isOurs(lower) && !named.contains(lower);
  }

  private static boolean isOfOneConnection(String name, Set<String> named) {
    if (named.isEmpty() && !MAY_END_HERE[name.charAt(0) & 0x7f]) {
      return false;
    }
    String lower = lowerCase(name);
    return ONE_CONNECTION.contains(lower) || named.contains(lower);
  }

  private static boolean isOurs(String name) {
    // Servers that hand headers on as variables take X_Forwarded_For for X-Forwarded-For, and some
    // X.Forwarded.For too.
    String dashed = name.replace('_', '-').replace('.', '-');
    return dashed.startsWith("x-forwarded-")
        || Guards.isOwnField(dashed)
        || NOT_FROM_CLIENTS.contains(dashed)
        || ONE_CONNECTION.contains(dashed)
        || SET_BY_US.contains(dashed);
  }

  private static Set<String> namedByConnection(MultiMap headers) {
    if (!headers.contains(HttpHeaders.CONNECTION)) {
      return Set.of();
    }
    List<String> lines = headers.getAll(HttpHeaders.CONNECTION);
    if (lines.size() == 1 && isUsual(lines.get(0))) {
      return Set.of();
    }
    Set<String> names = new HashSet<>();
    for (String line : lines) {
      for (String name : line.split(",", -1)) {
        names.add(lowerCase(name.trim()));
      }
    }
    // Nobody may take away what the message is read by.
    names.remove("content-length");
    return names;
  }

  private static boolean isUsual(String connection) {
    return connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close");
  }

  private static String lowerCase(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return name.toLowerCase(Locale.ROOT);
      }
    }
    return name;
  }
}
