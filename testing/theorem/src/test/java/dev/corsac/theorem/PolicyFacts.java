package dev.corsac.theorem;

import dev.corsac.CorsPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A policy as a few lists, with the plainest reading of what it permits. */
record PolicyFacts(
    List<String> origins,
    List<String> methods,
    List<String> headers,
    List<String> exposed,
    boolean credentials) {
  private static final Set<String> NORMALISED =
      Set.of("DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT");

  /** What a page asks for. */
  record Ask(String origin, String method, List<String> headers, boolean credentials) {}

  CorsPolicy build() {
    return CorsPolicy.builder()
        .allowOrigins(origins)
        .allowMethods(methods)
        .allowHeaders(headers)
        .exposeHeaders(exposed)
        .allowCredentials(credentials)
        .build();
  }

  /** The whole meaning of a policy. */
  boolean permits(Ask ask) {
    return origins.stream().anyMatch(entry -> names(entry, ask.origin()))
        && permitsMethod(ask.method())
        && ask.headers().stream().allMatch(this::permitsHeader)
        && (credentials || !ask.credentials());
  }

  /** The names of the application's headers that a page sees which is permitted to read. */
  Set<String> visible() {
    Set<String> visible = new HashSet<>(Set.of("content-type"));
    for (String name : List.of("x-one", "x-two")) {
      if (exposed.contains("*") || exposed.stream().anyMatch(name::equalsIgnoreCase)) {
        visible.add(name);
      }
    }
    return visible;
  }

  private boolean permitsMethod(String method) {
    String upper = method.toUpperCase(Locale.ROOT);
    String sent = NORMALISED.contains(upper) ? upper : method;
    return Set.of("GET", "HEAD", "POST").contains(sent)
        || methods.contains("*")
        || methods.contains(sent);
  }

  private boolean permitsHeader(String name) {
    return name.equalsIgnoreCase("Content-Type")
        || headers.contains("*")
        || headers.stream().anyMatch(name::equalsIgnoreCase);
  }

  private static boolean names(String entry, String origin) {
    if (entry.equals("*") || entry.equals(origin)) {
      return true;
    }
    int wildcard = entry.indexOf("*.");
    return wildcard > 0
        && origin.startsWith(entry.substring(0, wildcard))
        && origin.endsWith(entry.substring(wildcard + 1));
  }
}
