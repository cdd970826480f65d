package dev.corsac;

import dev.corsac.text.NameSet;
import dev.corsac.text.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Access-Control-Request-Headers}, at a cost that the policy bounds and not the
 * sender.
 *
 * <p>A browser sends one line of sorted, lower-case names; proxies split it and put white space
 * around the commas (RFC 9110 section 5.6.1). A list that is longer than all allowed names
 * together, with room for that, cannot be allowed as a whole and is not read.
 */
final class RequestedHeaders {
  private static final int MAX_EMPTY_ELEMENTS = 16;
  private static final int SLACK = 64;
  private static final int MAX_ECHOED_NAMES = 64;
  private static final int MAX_ECHOED_LENGTH = 1024;
  private static final int MAX_NAMED = 8;

  private RequestedHeaders() {}

  /** What to say of the asked headers: allowed, one is not, or not a list. */
  static Reason check(List<String> lines, NameSet allowed) {
    int length = 0;
    for (int i = 0; i < lines.size(); i++) {
      length += lines.get(i).length() + 1;
      if (length > allowed.totalLength() + 4 * allowed.size() + SLACK) {
        return Reason.REQUEST_HEADERS_MALFORMED;
      }
    }
    int empty = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int at = 0;
      while (at <= line.length()) {
        int from = skipSpace(line, at);
        int to = tokenEnd(line, from);
        at = skipSpace(line, to);
        if (at < line.length() && line.charAt(at) != ',') {
          return Reason.REQUEST_HEADERS_MALFORMED;
        }
        if (from == to) {
          if (++empty > MAX_EMPTY_ELEMENTS) {
            return Reason.REQUEST_HEADERS_MALFORMED;
          }
        } else if (!allowed.contains(line, from, to)) {
          return Reason.HEADER_NOT_ALLOWED;
        }
        at++;
      }
    }
    return Reason.PREFLIGHT_ALLOWED;
  }

  /**
   * The asked names as one list to answer with; null if they are not a list, or are too many to
   * echo.
   */
  static @Nullable String echo(List<String> lines) {
    if (lines.size() == 1 && isPlain(lines.get(0))) {
      return lines.get(0);
    }
    List<String> names = names(lines, MAX_ECHOED_NAMES);
    return names == null ? null : String.join(", ", names);
  }

  /** The asked names that are not allowed, at most eight of them. */
  static List<String> missing(List<String> lines, NameSet allowed) {
    List<String> names = names(lines, MAX_ECHOED_NAMES);
    if (names == null) {
      return List.of();
    }
    return names.stream()
        .filter(name -> !allowed.contains(name))
        .distinct()
        .limit(MAX_NAMED)
        .toList();
  }

  /** True for the list as a browser writes it, which can be answered with as it stands. */
  private static boolean isPlain(String line) {
    int names = 1;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean separator = c == ',' && i > 0 && line.charAt(i - 1) != ',' && i < line.length() - 1;
      if (separator) {
        names++;
      } else if (!Token.isCharacter(c)) {
        return false;
      }
    }
    return !line.isEmpty() && line.length() <= MAX_ECHOED_LENGTH && names <= MAX_ECHOED_NAMES;
  }

  private static @Nullable List<String> names(List<String> lines, int most) {
    List<String> names = new ArrayList<>();
    int length = 0;
    int empty = 0;
    for (String line : lines) {
      length += line.length();
      if (length > MAX_ECHOED_LENGTH) {
        return null;
      }
      for (String element : line.split(",", -1)) {
        String name = element.strip();
        if (name.isEmpty()) {
          empty++;
        } else if (Token.isToken(name)) {
          names.add(name);
        } else {
          return null;
        }
      }
      if (empty > MAX_EMPTY_ELEMENTS || names.size() > most) {
        return null;
      }
    }
    return names;
  }

  private static int skipSpace(String line, int from) {
    int at = from;
    while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  private static int tokenEnd(String line, int from) {
    int at = from;
    while (at < line.length() && Token.isCharacter(line.charAt(at))) {
      at++;
    }
    return at;
  }
}
