package dev.corsac.path;

import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.SettingPath;
import dev.corsac.text.Escaped;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A route's path: literal segments, {@code *} for any one segment, a last {@code **} for any number
 * of them.
 */
public final class PathPattern {
  private static final String ALLOWED_PUNCTUATION = "-._~!$&'()+,=:@*";

  private final String[] segments;
  private final boolean open;

  private PathPattern(String[] segments, boolean open) {
    this.segments = segments;
    this.open = open;
  }

  /** Compiles a pattern that {@link #check} has passed. */
  public static PathPattern of(String pattern) {
    boolean open = pattern.endsWith("/**");
    String literal = open ? pattern.substring(0, pattern.length() - 3) : pattern;
    if (literal.endsWith("/")) {
      literal = literal.substring(0, literal.length() - 1);
    }
    return new PathPattern(
        literal.isEmpty() ? new String[0] : literal.substring(1).split("/", -1), open);
  }

  /** What is wrong with a pattern; null if nothing. */
  public static @Nullable Finding check(String pattern, SettingPath path) {
    String problem = problem(pattern);
    return problem == null
        ? null
        : Finding.of(
                PolicyRule.ROUTE_PATH,
                path,
                Escaped.quote(pattern) + " " + problem,
                "Write a path such as \"/api/items\", \"/api/*/public\" or \"/api/**\".")
            .about(pattern);
  }

  private static @Nullable String problem(String pattern) {
    if (!pattern.startsWith("/")) {
      return "does not start with a slash.";
    }
    String body = pattern.endsWith("/**") ? pattern.substring(0, pattern.length() - 3) : pattern;
    if (body.endsWith("/") && body.length() > 1) {
      body = body.substring(0, body.length() - 1);
    }
    if (body.isEmpty() || body.equals("/")) {
      return null;
    }
    for (String segment : body.substring(1).split("/", -1)) {
      if (segment.isEmpty()) {
        return "has an empty segment.";
      }
      if (segment.equals(".") || segment.equals("..")) {
        return "has a dot segment.";
      }
      if (segment.contains("*") && !segment.equals("*")) {
        return "has a * that is not a whole segment, or a ** that is not the last.";
      }
      for (int i = 0; i < segment.length(); i++) {
        char c = segment.charAt(i);
        boolean alphanumeric = c < 128 && Character.isLetterOrDigit(c);
        if (!alphanumeric && ALLOWED_PUNCTUATION.indexOf(c) < 0) {
          return "has "
              + Escaped.quote(String.valueOf(c))
              + ", which a path's pattern cannot have.";
        }
      }
    }
    return null;
  }

  public boolean matches(String path, boolean ignoreCase) {
    int at = 0;
    for (String segment : segments) {
      if (at >= path.length()) {
        return false;
      }
      int end = path.indexOf('/', at + 1);
      end = end < 0 ? path.length() : end;
      int length = end - at - 1;
      boolean same =
          segment.equals("*")
              ? length > 0
              : length == segment.length()
                  && path.regionMatches(ignoreCase, at + 1, segment, 0, length);
      if (!same) {
        return false;
      }
      at = end;
    }
    // One trailing slash more is the same resource to many servers, so it must not lead to another
    // route.
    return open || at >= path.length() || (at == path.length() - 1 && path.charAt(at) == '/');
  }

  /** Whether every path of another pattern is also one of this. */
  public boolean covers(PathPattern other) {
    if (open
        ? segments.length > other.segments.length
        : segments.length != other.segments.length || other.open) {
      return false;
    }
    for (int i = 0; i < segments.length; i++) {
      if (!segments[i].equals("*") && !segments[i].equals(other.segments[i])) {
        return false;
      }
    }
    return true;
  }

  /** As it was written, but for a trailing slash. */
  @Override
  public String toString() {
    String path = "/" + String.join("/", segments);
    return open ? (segments.length == 0 ? "/**" : path + "/**") : path;
  }

  public boolean hasUpperCase() {
    for (String segment : segments) {
      if (!segment.equals(segment.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }
}
