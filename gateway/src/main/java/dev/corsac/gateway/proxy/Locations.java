package dev.corsac.gateway.proxy;

import dev.corsac.gateway.http.Authority;
import dev.corsac.gateway.http.Client;
import dev.corsac.gateway.route.Upstream;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a response points to, if that is the upstream's own address: clients know the gateway's,
 * and may not even reach the other.
 */
final class Locations {
  private static final List<String> FIELDS = List.of("Location", "Content-Location");

  private Locations() {}

  static void rewrite(MultiMap headers, Upstream upstream, Client client) {
    for (String field : FIELDS) {
      String value = headers.get(field);
      String ours = value == null ? null : rewritten(value, upstream, client);
      if (ours != null) {
        headers.set(field, ours);
      }
    }
  }

  /** The gateway's address of the same; null if it is not an address of the upstream. */
  static @Nullable String rewritten(String value, Upstream upstream, Client client) {
    String prefix = upstream.prefix().text();
    if (value.startsWith("/") && !value.startsWith("//")) {
      // The upstream knows its paths with what goes before them.
      return prefix.isEmpty() ? null : below(value, prefix);
    }
    Authority asked = client.authority();
    int slashes = value.indexOf("://");
    String scheme = slashes < 0 ? "" : value.substring(0, slashes).toLowerCase(Locale.ROOT);
    if (asked == null || !scheme.equals(upstream.tls() ? "https" : "http")) {
      return null;
    }
    int end = slashes + 3;
    while (end < value.length() && "/?#\\".indexOf(value.charAt(end)) < 0) {
      end++;
    }
    if (!isOf(upstream, value.substring(slashes + 3, end), asked)) {
      return null;
    }
    String rest = value.substring(end);
    String path = below(rest.startsWith("/") ? rest : "/" + rest, prefix);
    return path == null ? null : client.scheme() + "://" + asked + path;
  }

  private static boolean isOf(Upstream upstream, String authority, Authority asked) {
    Authority named = Authority.parse(authority);
    if (named == null) {
      return false;
    }
    int port = named.port() < 0 ? (upstream.tls() ? 443 : 80) : named.port();
    String host = upstream.host().indexOf(':') < 0 ? upstream.host() : "[" + upstream.host() + "]";
    // What the client asked for is the client's business, also where the two have one name.
    return named.host().equalsIgnoreCase(host) && port == upstream.port() && !named.equals(asked);
  }

  /**
   * Whether a browser takes it for a host: two slashes, either of which may be a backslash, and
   * tabs count for nothing (URL Standard, relative slash state and step 2 of the basic parser).
   */
  private static boolean beginsHost(String rest) {
    int slashes = 0;
    for (int i = 0; i < rest.length() && slashes < 2; i++) {
      char c = rest.charAt(i);
      if (c == '/' || c == '\\') {
        slashes++;
      } else if (c != '\t') {
        return false;
      }
    }
    return slashes == 2;
  }

  private static @Nullable String below(String path, String prefix) {
    if (!path.startsWith(prefix)) {
      return null;
    }
    String rest = path.substring(prefix.length());
    if (beginsHost(rest)) {
      return null;
    }
    return rest.startsWith("/")
        ? rest
        : rest.isEmpty() || "?#".indexOf(rest.charAt(0)) >= 0 ? "/" + rest : null;
  }
}
