package dev.corsac.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which headers pass, and which are the gateway's own to say.
 *
 * <p>Headers that describe one connection end here (RFC 9110 section 7.6.1), in both directions.
 * What tells an upstream who asks ({@code Forwarded}, {@code X-Forwarded-*}, {@code X-Real-IP}) is
 * replaced, since anybody can send it; and so is what makes some servers take another path than the
 * one in the request line, which is the one the policy was chosen by.
 *
 * <p>There is no {@code Via}: some servers stop compressing when they see one.
 */
final class Forwarding {
  private static final Set<String> ONE_CONNECTION =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "transfer-encoding",
          "upgrade");

  private static final Set<String> NOT_FROM_CLIENTS =
      Set.of("forwarded", "x-real-ip", "x-original-url", "x-rewrite-url");

  private static final Set<String> SET_BY_US = Set.of("host", "content-length", "expect");

  private Forwarding() {}

  /** Who asks, and under which name: what an upstream behind a gateway cannot see by itself. */
  record Client(String address, String scheme, String authority) {

    /** As in RFC 7239 section 6: IPv6 addresses in brackets and quotes. */
    String forwarded() {
      String node = address.indexOf(':') < 0 ? address : "\"[" + address + "]\"";
      return "for=" + node + ";host=\"" + authority + "\";proto=" + scheme;
    }
  }

  /** Copies a request's headers for an upstream; the body's length is left to the caller. */
  static void request(MultiMap from, MultiMap to, Client client, Upstream upstream) {
    Set<String> named = namedByConnection(from);
    for (Map.Entry<String, String> header : from) {
      String name = lowerCase(header.getKey());
      if (!ONE_CONNECTION.contains(name)
          && !SET_BY_US.contains(name)
          && !isAboutClient(name)
          && !named.contains(name)) {
        to.add(header.getKey(), header.getValue());
      }
    }
    // An https upstream is known by its certificate's name; others may need the name they are
    // called by.
    to.set(HttpHeaders.HOST, upstream.tls() ? upstream.authority() : client.authority());
    to.set("X-Forwarded-For", client.address());
    to.set("X-Forwarded-Host", client.authority());
    to.set("X-Forwarded-Proto", client.scheme());
    to.set("Forwarded", client.forwarded());
  }

  /** Copies a response's headers for a client. */
  static void response(MultiMap from, MultiMap to) {
    Set<String> named = namedByConnection(from);
    for (Map.Entry<String, String> header : from) {
      String name = lowerCase(header.getKey());
      if (!ONE_CONNECTION.contains(name) && !named.contains(name)) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }

  private static boolean isAboutClient(String name) {
    // Servers that hand headers on as variables take X_Forwarded_For for X-Forwarded-For.
    String dashed = name.indexOf('_') < 0 ? name : name.replace('_', '-');
    return dashed.startsWith("x-forwarded-") || NOT_FROM_CLIENTS.contains(dashed);
  }

  private static Set<String> namedByConnection(MultiMap headers) {
    String first = headers.get(HttpHeaders.CONNECTION);
    if (first == null || first.equalsIgnoreCase("keep-alive") || first.equalsIgnoreCase("close")) {
      return Set.of();
    }
    Set<String> names = new HashSet<>();
    List<String> lines = headers.getAll(HttpHeaders.CONNECTION);
    for (String line : lines) {
      for (String name : line.split(",", -1)) {
        names.add(lowerCase(name.trim()));
      }
    }
    // Nobody may take away what the message is read by.
    names.remove("content-length");
    return names;
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
