package dev.corsac.doctor;

import dev.corsac.browser.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the values that a message names tell beyond its words. */
final class Particulars {
  /** What a preflight's status can mean, each by statuses of its own. */
  private static final Set<Problem> STATUSES =
      Collections.unmodifiableSet(
          EnumSet.of(
              Problem.PREFLIGHT_UNAUTHORIZED,
              Problem.PREFLIGHT_FORBIDDEN,
              Problem.PREFLIGHT_NOT_HANDLED,
              Problem.PREFLIGHT_SERVER_ERROR,
              Problem.PREFLIGHT_REDIRECT));

  /** What no server should allow, so that the usual fix is none. */
  private static final String NULL_ORIGIN =
      " The page's origin is null: it was opened from a file, is in a sandboxed frame, or a redirect"
          + " led here. Serve it over http, for example from localhost, rather than allow null.";

  private Particulars() {}

  static Explanation explanation(Reading reading) {
    Map<String, String> values = new LinkedHashMap<>(reading.values());
    Set<Problem> problems = new LinkedHashSet<>(closer(reading, values));
    boolean known = problems.stream().anyMatch(STATUSES::contains);
    for (Problem problem : reading.problems()) {
      // Of what a status can mean, only one is left where the status is known.
      if (!known || !STATUSES.contains(problem)) {
        problems.add(problem);
      }
    }
    List<Problem> list = List.copyOf(problems);
    String says = Says.of(list.get(0), values);
    if (list.get(0).kind() == Problem.Kind.CORS && "null".equals(values.get("origin"))) {
      says += NULL_ORIGIN;
    }
    values.keySet().retainAll(Says.PUBLIC);
    return new Explanation(reading.browser(), list, values, says, List.of());
  }

  /** The same problem where it is the preflight's answer that has it. */
  static Problem ofPreflight(Problem problem) {
    return Arrays.stream(Problem.values())
        .filter(each -> each.name().equals("PREFLIGHT_" + problem.name()))
        .findFirst()
        .orElse(problem);
  }

  /** What an answer to a preflight with this status means. */
  static Problem ofPreflightStatus(int status) {
    return switch (status) {
      case 401, 407 -> Problem.PREFLIGHT_UNAUTHORIZED;
      case 403 -> Problem.PREFLIGHT_FORBIDDEN;
      case 404, 405, 501 -> Problem.PREFLIGHT_NOT_HANDLED;
      default ->
          status >= 500
              ? Problem.PREFLIGHT_SERVER_ERROR
              : status >= 300 && status < 400
                  ? Problem.PREFLIGHT_REDIRECT
                  : Problem.PREFLIGHT_STATUS;
    };
  }

  /** The problems that come before those of the message, now that its values are known. */
  private static List<Problem> closer(Reading reading, Map<String, String> values) {
    List<Problem> said = reading.problems();
    Problem first = said.get(0);
    int status = number(values.get("status"));
    String value = values.get("value");
    return switch (first) {
      case ALLOW_ORIGIN_MISMATCH,
          ALLOW_ORIGIN_INVALID,
          ALLOW_ORIGIN_LIST,
          PREFLIGHT_ALLOW_ORIGIN_MISMATCH,
          PREFLIGHT_ALLOW_ORIGIN_INVALID,
          PREFLIGHT_ALLOW_ORIGIN_LIST ->
          value == null ? List.of() : ofValue(reading, value, values);
      case ALLOW_ORIGIN_MISSING -> ofMissing(reading, status);
      case PREFLIGHT_ALLOW_ORIGIN_MISSING, PREFLIGHT_STATUS ->
          status >= 300 ? List.of(ofPreflightStatus(status)) : List.of();
      case PREFLIGHT_REDIRECT -> ofRedirect(values.get("first"), values.get("url"));
      case METHOD_NOT_ALLOWED -> {
        String method = values.getOrDefault("method", "");
        yield method.equals(method.toUpperCase(Locale.ROOT))
            ? List.of()
            : List.of(Problem.METHOD_CASE);
      }
      default -> List.of();
    };
  }

  private static List<Problem> ofMissing(Reading reading, int status) {
    if (!reading.isOfRedirect() && status < 300) {
      return List.of();
    }
    Problem first =
        reading.isOfRedirect() || status < 400
            ? Problem.REDIRECT_WITHOUT_HEADERS
            : Problem.ERROR_WITHOUT_HEADERS;
    // Unless the browser tells the two apart, it may be the preflight's status as well.
    return reading.problems().contains(Problem.PREFLIGHT_ALLOW_ORIGIN_MISSING) && status >= 300
        ? List.of(first, ofPreflightStatus(status))
        : List.of(first);
  }

  private static List<Problem> ofValue(Reading reading, String value, Map<String, String> values) {
    List<Problem> said = reading.problems();
    String[] items = value.split("[,\\s]+", 0);
    if (items.length > 1 || value.indexOf(',') >= 0) {
      return each(said, ofList(value));
    }
    String origin = values.get("origin");
    if (values.containsKey("first") && value.equals(origin)) {
      // The page's origin and still not the request's: that has become null on the way.
      return List.of(Problem.REDIRECT_NULL_ORIGIN);
    }
    String difference = origin == null ? null : OriginDifference.between(value, origin);
    if (difference != null) {
      values.put("difference", difference);
    }
    // Firefox has one line for another origin and for what is none; Chromium has two.
    return reading.browser() != Engine.FIREFOX || value.contains("://") || value.equals("null")
        ? List.of()
        : each(said, Problem.ALLOW_ORIGIN_INVALID);
  }

  /** What a header means that names several origins. */
  static Problem ofList(String value) {
    return isTwice(value.split("[,\\s]+", 0))
        ? Problem.ALLOW_ORIGIN_TWICE
        : Problem.ALLOW_ORIGIN_LIST;
  }

  /** Two layers are behind a value that is there twice, and behind a * beside another. */
  private static boolean isTwice(String[] items) {
    Set<String> distinct = new LinkedHashSet<>(List.of(items));
    return distinct.size() < items.length || distinct.contains("*");
  }

  /** The problem as the message has it: of the answer, of the preflight's, or of either. */
  private static List<Problem> each(List<Problem> said, Problem problem) {
    List<Problem> found = new ArrayList<>();
    if (said.stream().anyMatch(each -> !each.name().startsWith("PREFLIGHT_"))) {
      found.add(problem);
    }
    if (said.stream().anyMatch(each -> each.name().startsWith("PREFLIGHT_"))) {
      found.add(ofPreflight(problem));
    }
    return found;
  }

  private static List<Problem> ofRedirect(@Nullable String from, @Nullable String to) {
    if (from == null || to == null) {
      return List.of();
    }
    if (to.equals("https" + from.substring(Math.min(4, from.length())))) {
      return List.of(Problem.PREFLIGHT_REDIRECT_HTTPS);
    }
    return to.equals(from + "/") || from.equals(to + "/")
        ? List.of(Problem.PREFLIGHT_REDIRECT_SLASH)
        : List.of();
  }

  private static int number(@Nullable String status) {
    String digits = Objects.requireNonNullElse(status, "");
    return digits.length() == 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Integer.parseInt(digits)
        : 0;
  }
}
