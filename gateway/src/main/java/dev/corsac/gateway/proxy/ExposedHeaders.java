package dev.corsac.gateway.proxy;

import dev.corsac.gateway.http.Token;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The headers that an upstream exposes, joined to those of the policy. */
final class ExposedHeaders {
  /** As many as anybody needs; what an upstream says is bounded. */
  private static final int MOST = 100;

  /** Not for pages, whatever is said (Fetch, forbidden response-header names). */
  private static final Set<String> FORBIDDEN = Set.of("set-cookie", "set-cookie2", "*");

  private ExposedHeaders() {}

  /** Joins them if the policy lets a page read the response at all. */
  static void join(MultiMap upstream, MultiMap response) {
    if (!response.contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
      return;
    }
    List<String> ours = response.getAll(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS);
    if (ours.contains("*")) {
      return;
    }
    Map<String, String> names = new LinkedHashMap<>();
    add(ours, names);
    add(upstream.getAll(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS), names);
    if (!names.isEmpty()) {
      response.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, String.join(",", names.values()));
    }
  }

  private static void add(List<String> lines, Map<String, String> names) {
    for (String line : lines) {
      for (String each : line.split(",", MOST + 1)) {
        String name = each.strip();
        String lower = name.toLowerCase(Locale.ROOT);
        if (names.size() < MOST && Token.is(name) && !FORBIDDEN.contains(lower)) {
          names.putIfAbsent(lower, name);
        }
      }
    }
  }
}
