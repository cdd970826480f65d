package dev.corsac.doctor.problem;

import dev.corsac.Origin;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * In what an allowed origin and the page's origin differ, where they nearly agree. The words are in
 * {@code problems.yaml}.
 */
enum OriginDifference {
  NULL_ALLOWED,
  NULL_ORIGIN,
  SELF,
  PATTERN,
  SLASH,
  PATH,
  CASE,
  NO_SCHEME,
  SCHEMES,
  PORTS,
  NO_PORT_ALLOWED,
  NO_PORT,
  WWW,
  LOOPBACK;

  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The difference in a few words, or null if the two have little in common.
   *
   * @param url what was asked for, empty if unknown
   */
  static @Nullable String between(String allowed, String origin, String url) {
    String own = originOf(url);
    return !own.isEmpty()
            && stripped(allowed).equals(own)
            && !stripped(allowed).equals(stripped(origin))
        ? SELF.phrase("", "")
        : between(allowed, origin);
  }

  /** What is wrong with an allowed origin, whatever the page's is; null if nothing is. */
  static @Nullable String ofAllowed(String allowed) {
    if (allowed.contains("*")) {
      return PATTERN.phrase("", "");
    }
    return allowed.endsWith("/") ? SLASH.phrase("", "") : null;
  }

  private static @Nullable String between(String allowed, String origin) {
    if (allowed.equals("null") || origin.equals("null")) {
      return allowed.equals(origin)
          ? null
          : allowed.equals("null") ? NULL_ALLOWED.phrase("", "") : NULL_ORIGIN.phrase("", "");
    }
    if (allowed.contains("*")) {
      return PATTERN.phrase("", "");
    }
    if (allowed.endsWith("/") && stripped(allowed).equals(stripped(origin))) {
      return SLASH.phrase("", "");
    }
    if (allowed.startsWith(origin + "/")) {
      return PATH.phrase("", "");
    }
    if (allowed.equalsIgnoreCase(origin)) {
      return CASE.phrase("", "");
    }
    return between(Parts.of(stripped(allowed)), Parts.of(stripped(origin)));
  }

  private static @Nullable String between(Parts allowed, Parts origin) {
    boolean scheme = allowed.scheme.equals(origin.scheme);
    boolean host = allowed.host.equals(origin.host);
    boolean port = allowed.port.equals(origin.port);
    if (host && port && !scheme) {
      OriginDifference schemes =
          origin.scheme.isEmpty() || allowed.scheme.isEmpty() ? NO_SCHEME : SCHEMES;
      return schemes.phrase(allowed.scheme, origin.scheme);
    }
    if (scheme && host && !port) {
      OriginDifference ports =
          allowed.port.isEmpty() ? NO_PORT_ALLOWED : origin.port.isEmpty() ? NO_PORT : PORTS;
      return ports.phrase(allowed.port, origin.port);
    }
    if (scheme && port && isWww(allowed.host, origin.host)) {
      return WWW.phrase("", "");
    }
    if (scheme && port && isLoopback(allowed.host) && isLoopback(origin.host)) {
      return LOOPBACK.phrase(allowed.host, origin.host);
    }
    return null;
  }

  /** Scheme, host and port of a URL as they stand there; empty if it is none. */
  private static String originOf(String url) {
    int host = url.indexOf("://");
    int path = host < 0 ? -1 : url.indexOf('/', host + 3);
    return host < 0 ? "" : stripped(path < 0 ? url : url.substring(0, path));
  }

  /** The words for it; what differs stands for {@code {value}} and {@code {origin}}. */
  private String phrase(String allowed, String origin) {
    return ProblemTexts.of(this)
        .phrase(Facts.of(Fact.VALUE, allowed).with(Fact.ORIGIN, origin), ProblemTexts.standIns());
  }

  /** A difference besides those of case and of a path would not be seen otherwise. */
  private static String stripped(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** What an origin consists of; empty where a part is not there. */
  private record Parts(String scheme, String host, String port) {
    static Parts of(String origin) {
      int colon = origin.indexOf("://");
      String scheme = colon < 0 ? "" : origin.substring(0, colon);
      String rest = colon < 0 ? origin : origin.substring(colon + 3);
      int port = rest.lastIndexOf(':');
      return port <= rest.lastIndexOf(']')
          ? new Parts(scheme, rest, "")
          : new Parts(scheme, rest.substring(0, port), rest.substring(port + 1));
    }
  }

  private static boolean isWww(String a, String b) {
    return a.equals("www." + b) || b.equals("www." + a);
  }

  private static boolean isLoopback(String host) {
    return Origin.tryParse("http://" + host).filter(Origin::isLoopback).isPresent();
  }
}
