package dev.corsac;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which servers read one and the same path.
 *
 * <p>Some cut {@code ;parameters} off a segment, some take {@code %2F} and backslashes for slashes,
 * some merge slashes, most resolve dot segments, before or after. A rule for one path is worth
 * nothing if a spelling of it that only the server behind understands is looked up under another.
 */
final class PathReadings {
  /** A segment may end in parameters. */
  static final int PARAMETERS = 1;

  /** There are encoded slashes or backslashes. */
  static final int SLASHES = 2;

  /** There are empty segments. */
  static final int EMPTY_SEGMENTS = 4;

  /** There are dot segments. */
  static final int DOTS = 8;

  /** The path is not one: a bad escape, a control character, no slash in front. */
  static final int INVALID = 16;

  /** Something is percent-encoded that need not be. */
  static final int ENCODED = 32;

  private PathReadings() {}

  /** Which of the above a path has: 0 for the plain paths that nearly all are. */
  static int features(String path) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return INVALID;
    }
    int features = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean segmentStart = i > 0 && isSlash(path.charAt(i - 1));
      switch (c) {
        case '%' -> features |= escape(path, i);
        case ';' -> features |= PARAMETERS;
        case '\\' -> features |= SLASHES;
        case '/' -> features |= segmentStart ? EMPTY_SEGMENTS : 0;
        case '.' -> features |= segmentStart ? DOTS : 0;
        case '?', '#' -> features |= INVALID;
        default -> features |= c <= ' ' || c == 0x7f ? INVALID : 0;
      }
    }
    if ((features & (SLASHES | PARAMETERS)) != 0) {
      // Turning or cutting them can leave empty and dot segments that are not to be seen yet.
      features |= EMPTY_SEGMENTS | (path.indexOf('.') >= 0 ? DOTS : 0);
    }
    return features;
  }

  private static boolean isSlash(char c) {
    return c == '/' || c == '\\';
  }

  private static int escape(String path, int at) {
    int octet = octet(path, at);
    if (octet < ' ' || octet == 0x7f) {
      return INVALID;
    }
    return switch (octet) {
      case '/', '\\' -> ENCODED | SLASHES;
      case '.' -> ENCODED | DOTS;
      default -> ENCODED;
    };
  }

  /** The octet that an escape stands for; -1 if it is none. */
  private static int octet(String path, int at) {
    if (at + 2 >= path.length()) {
      return -1;
    }
    int high = path.charAt(at + 1) < 128 ? Character.digit(path.charAt(at + 1), 16) : -1;
    int low = path.charAt(at + 2) < 128 ? Character.digit(path.charAt(at + 2), 16) : -1;
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /**
   * One reading of a path without invalid parts.
   *
   * @param handled the features that the reader knows: it cuts parameters, turns encoded slashes
   *     into slashes, merges slashes, resolves dots
   */
  static String read(String path, int handled) {
    String decoded = decode(path, (handled & SLASHES) != 0, (handled & PARAMETERS) != 0);
    if ((handled & (EMPTY_SEGMENTS | DOTS)) == 0) {
      return decoded;
    }
    Deque<String> segments = new ArrayDeque<>();
    String[] parts = decoded.substring(1).split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      boolean last = i == parts.length - 1;
      boolean dot = (handled & DOTS) != 0 && (part.equals(".") || part.equals(".."));
      if (dot && part.equals("..")) {
        segments.pollLast();
      }
      boolean merged = (handled & EMPTY_SEGMENTS) != 0 && part.isEmpty();
      if (!dot && (!merged || last)) {
        segments.addLast(part);
      } else if (dot && last) {
        segments.addLast("");
      }
    }
    return "/" + String.join("/", segments);
  }

  private static String decode(String path, boolean slashes, boolean cutParameters) {
    StringBuilder decoded = new StringBuilder(path.length());
    boolean cutting = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      String read = String.valueOf(c);
      if (c == '%') {
        int octet = octet(path, i);
        boolean plain =
            octet < 0x7f && "%;?#".indexOf(octet) < 0 && (slashes || !isSlash((char) octet));
        read = plain ? String.valueOf((char) octet) : path.substring(i, i + 3);
        i += 2;
      }
      if (slashes && read.equals("\\")) {
        read = "/";
      }
      if (c == ';' && cutParameters) {
        cutting = true;
      } else if (read.equals("/")) {
        cutting = false;
      }
      if (!cutting) {
        decoded.append(read);
      }
    }
    return decoded.toString();
  }

  /**
   * The next reading to try after one, going through every subset of the features; null after the
   * last.
   */
  static @Nullable Integer next(int features, int handled) {
    int readings = features & (PARAMETERS | SLASHES | EMPTY_SEGMENTS | DOTS);
    int next = (handled - readings) & readings;
    return next == 0 ? null : next;
  }
}
