package dev.corsac.path;

import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways in which servers read one and the same path.
 *
 * <p>Each of {@code READERS} is what some server does to a path before it looks for a handler. A
 * server does several of them, each server in an order of its own, and servers stand one behind the
 * other: so the readings of a path are all that come of any of them, in any order and number.
 */
public final class PathReadings {
  /** How odd a path is. */
  public enum Kind {
    /** All servers read it alike. */
    PLAIN,
    /** Servers may read it differently. */
    ODD,
    /** It is none, or has what no path has unencoded, or an escape that is none. */
    INVALID
  }

  /** So many readings may a path have, and so many characters in all: what is odder is refused. */
  private static final int MOST_READINGS = 128;

  private static final int MOST_CHARACTERS = 16_384;

  /** A query that has a slash is taken for the path if none goes before: such a target is none. */
  private static final Pattern ABSOLUTE_FORM =
      Pattern.compile(
          "[A-Za-z][A-Za-z0-9+.-]*+://[^/?#\\\\]++(?:(/[^?]*+)(?:\\?.*+)?|(?:\\?[^/]*+)?)",
          Pattern.DOTALL);

  private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");
  private static final Pattern SLASHES = Pattern.compile("/{2,}");
  private static final Pattern BLANKS_LAST = Pattern.compile("(?<! ) ++(?=/|\\z)");
  private static final Pattern DOTS_LAST = Pattern.compile("(?<=[^/.])\\.++(?=/|\\z)");
  private static final Pattern STREAM = Pattern.compile(":?:\\$[^/]*");

  private static final List<Reader> READERS =
      List.of(
          new Reader("%", path -> PercentEncoding.decode(path, ".")), // WHATWG URL
          new Reader(
              "%", path -> PercentEncoding.decode(path, "/\\")), // Envoy, and others by option
          new Reader("%", PercentEncoding::decodeSegments), // nearly all; "%2F" separates nothing
          new Reader("%", PercentEncoding::shorten), // decoders of UTF-8 that count no octets
          new Reader("\\", path -> path.replace('\\', '/')), // WHATWG URL, IIS
          new Reader(";", path -> without(PARAMETERS, path)), // Tomcat, Jetty, Spring
          new Reader(";", path -> upTo(';', path)), // Fastify, to which a query follows
          new Reader("?", path -> upTo('?', path)), // servers that decode, then parse
          new Reader("#", path -> upTo('#', path)),
          new Reader("\0", path -> upTo('\0', path)), // servers in C
          new Reader("//", path -> SLASHES.matcher(path).replaceAll("/")), // nginx, Tomcat
          new Reader("/.", PathReadings::withoutDots), // RFC 3986 section 5.2.4, nearly all
          new Reader("//", path -> withoutAuthority(path, 2)), // java.net.URI, the JDK's server
          new Reader("//", path -> withoutAuthority(path, Integer.MAX_VALUE)), // WHATWG URL
          new Reader(" ", path -> without(BLANKS_LAST, path)), // Windows' names of files
          new Reader(".", path -> without(DOTS_LAST, path)),
          new Reader(":$", path -> without(STREAM, path)), // such as ::$DATA
          new Reader("", PathReadings::compatible)); // who takes fullwidth letters for ASCII

  /**
   * What a server does.
   *
   * @param mark what a path has that it does something to
   */
  private record Reader(String mark, UnaryOperator<String> reading) {
    String read(String path) {
      return path.contains(mark) ? reading.apply(path) : path;
    }
  }

  private PathReadings() {}

  /** The path of a request target; the empty text for what is none. */
  public static String pathOf(String target) {
    if (target.startsWith("/")) {
      return upTo('?', target);
    }
    if (target.equals("*")) {
      return target;
    }
    Matcher absolute = ABSOLUTE_FORM.matcher(target);
    if (!absolute.matches()) {
      return "";
    }
    String path = absolute.group(1);
    return path == null ? "/" : path;
  }

  /** Tells plain paths, which nearly all are, from the others: one scan, nothing allocated. */
  public static Kind kind(String path) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return Kind.INVALID;
    }
    boolean odd = path.charAt(path.length() - 1) == '.';
    char previous = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      switch (c) {
        case '%' -> {
          int octet = PercentEncoding.octet(path, i);
          if (octet < ' ' || octet == 0x7f) {
            return Kind.INVALID;
          }
          odd = true;
        }
        case ';', '\\' -> odd = true;
        case '/' -> odd |= previous == '/' || previous == '.';
        case '$' -> odd |= previous == ':';
        case '?', '#' -> {
          return Kind.INVALID;
        }
        default -> {
          if (c <= ' ' || c >= 0x7f) {
            return Kind.INVALID;
          }
        }
      }
      previous = c;
    }
    return odd ? Kind.ODD : Kind.PLAIN;
  }

  /** Whether something holds for all readings of a path; false if there are too many to look at. */
  public static boolean all(String path, Predicate<String> holds) {
    Set<String> readings = new HashSet<>(Set.of(path));
    Deque<String> unread = new ArrayDeque<>(readings);
    int characters = path.length();
    while (readings.size() <= MOST_READINGS && characters <= MOST_CHARACTERS) {
      String next = unread.poll();
      if (next == null) {
        return true;
      }
      if (!holds.test(next)) {
        return false;
      }
      for (Reader reader : READERS) {
        String read = reader.read(next);
        if (readings.add(read)) {
          unread.add(read);
          characters += read.length();
        }
      }
    }
    return false;
  }

  private static String without(Pattern part, String path) {
    return part.matcher(path).replaceAll("");
  }

  private static String upTo(char delimiter, String path) {
    int at = path.indexOf(delimiter);
    return at < 0 ? path : path.substring(0, at);
  }

  private static String withoutDots(String path) {
    Deque<String> segments = new ArrayDeque<>();
    String[] parts = path.substring(1).split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean up = parts[i].equals("..");
      boolean dots = up || parts[i].equals(".");
      if (up) {
        segments.pollLast();
      }
      if (!dots) {
        segments.addLast(parts[i]);
      } else if (i == parts.length - 1) {
        segments.addLast("");
      }
    }
    return "/" + String.join("/", segments);
  }

  /** What follows the authority of a reference without scheme (RFC 3986 section 4.2). */
  private static String withoutAuthority(String path, int mostSlashes) {
    if (!path.startsWith("//")) {
      return path;
    }
    int host = 2;
    while (host < mostSlashes && host < path.length() && path.charAt(host) == '/') {
      host++;
    }
    int end = path.indexOf('/', host);
    return end < 0 ? "/" : path.substring(end);
  }

  /** The characters of Unicode's compatibility forms (UAX #15). */
  private static String compatible(String path) {
    return Normalizer.normalize(path, Normalizer.Form.NFKC);
  }
}
