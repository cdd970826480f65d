package dev.corsac.doctor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** In what an allowed origin and the page's origin differ, where they nearly agree. */
final class OriginDifference {
  private OriginDifference() {}

  /** The difference in a few words, or null if the two have little in common. */
  static @Nullable String between(String allowed, String origin) {
    if (allowed.equals("null") || origin.equals("null")) {
      return allowed.equals(origin)
          ? null
          : allowed.equals("null")
              ? "null stands for pages without an origin, which this one is not"
              : "the page has no origin that a server could know: it was opened from a file, is in"
                  + " a sandboxed frame, or a redirect led here";
    }
    if (allowed.contains("*")) {
      return "browsers know no patterns, only * alone";
    }
    if (allowed.equals(origin + "/")) {
      return "the slash at the end is one character too many";
    }
    if (allowed.startsWith(origin + "/")) {
      return "an origin has no path";
    }
    if (allowed.equalsIgnoreCase(origin)) {
      return "upper and lower case differ, and browsers send lower case";
    }
    return between(parts(stripped(allowed)), parts(stripped(origin)));
  }

  private static @Nullable String between(String[] allowed, String[] origin) {
    boolean scheme = allowed[0].equals(origin[0]);
    boolean host = allowed[1].equals(origin[1]);
    boolean port = allowed[2].equals(origin[2]);
    if (host && port && !scheme) {
      return origin[0].isEmpty() || allowed[0].isEmpty()
          ? "the scheme is missing"
          : allowed[0] + " and " + origin[0] + " differ";
    }
    if (scheme && host && !port) {
      return "the ports differ: " + port(allowed[2]) + ", but the page has " + port(origin[2]);
    }
    if (scheme && port && isWww(allowed[1], origin[1])) {
      return "with and without www. are two origins";
    }
    if (scheme && port && isLoopback(allowed[1]) && isLoopback(origin[1])) {
      return allowed[1] + " and " + origin[1] + " are two origins, though one computer";
    }
    return null;
  }

  /** A difference besides those of case and of a path would not be seen otherwise. */
  private static String stripped(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** Scheme, host and port, empty where they are not there. */
  private static String[] parts(String origin) {
    int colon = origin.indexOf("://");
    String scheme = colon < 0 ? "" : origin.substring(0, colon);
    String rest = colon < 0 ? origin : origin.substring(colon + 3);
    int port = rest.lastIndexOf(':');
    return port <= rest.lastIndexOf(']')
        ? new String[] {scheme, rest, ""}
        : new String[] {scheme, rest.substring(0, port), rest.substring(port + 1)};
  }

  private static String port(String port) {
    return port.isEmpty() ? "none" : port;
  }

  private static boolean isWww(String a, String b) {
    return a.equals("www." + b) || b.equals("www." + a);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
  }
}
