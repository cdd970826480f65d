package dev.corsac.doctor.explain;

import dev.corsac.browser.Engine;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells apart what a message calls the same, by the facts that it names. */
final class MessageRefinement {
  /** What a preflight's status can mean, each by statuses of its own. */
  private static final Set<Problem> STATUSES =
      Collections.unmodifiableSet(
          EnumSet.of(
              Problem.PREFLIGHT_UNAUTHORIZED,
              Problem.PREFLIGHT_FORBIDDEN,
              Problem.PREFLIGHT_NOT_HANDLED,
              Problem.PREFLIGHT_SERVER_ERROR,
              Problem.PREFLIGHT_REDIRECT));

  private MessageRefinement() {}

  static Explanation explanation(ConsoleLine line) {
    Set<Problem> problems = new LinkedHashSet<>(closer(line));
    boolean known = problems.stream().anyMatch(STATUSES::contains);
    for (Problem problem : line.problems()) {
      // Of what a status can mean, only one is left where the status is known.
      if (!known || !STATUSES.contains(problem)) {
        problems.add(problem);
      }
    }
    List<Problem> all = List.copyOf(problems);
    Facts facts = line.facts();
    if (all.get(0) != Problem.REDIRECT_NULL_ORIGIN) {
      // Lines that differ in it alone tell the same.
      facts = facts.without(Fact.FIRST);
    }
    return Explanation.of(
        line.browser(), ProblemCase.told(all.get(0), facts), all.subList(1, all.size()));
  }

  /** The problems that come before those of the message, now that its facts are known. */
  private static List<Problem> closer(ConsoleLine line) {
    Facts facts = line.facts();
    int status = number(facts.status().orElse(""));
    return switch (line.problems().get(0)) {
      case ALLOW_ORIGIN_MISMATCH,
          ALLOW_ORIGIN_INVALID,
          ALLOW_ORIGIN_LIST,
          PREFLIGHT_ALLOW_ORIGIN_MISMATCH,
          PREFLIGHT_ALLOW_ORIGIN_INVALID,
          PREFLIGHT_ALLOW_ORIGIN_LIST ->
          facts.value().map(value -> ofValue(line, value)).orElse(List.of());
      case ALLOW_ORIGIN_MISSING -> ofMissing(line, status);
      case PREFLIGHT_ALLOW_ORIGIN_MISSING, PREFLIGHT_STATUS ->
          status >= 300 ? List.of(Problem.ofPreflightStatus(status)) : List.of();
      case PREFLIGHT_REDIRECT ->
          facts
              .get(Fact.FIRST)
              .flatMap(first -> facts.url().map(url -> Problem.ofPreflightRedirect(first, url)))
              .map(List::of)
              .orElse(List.of());
      case METHOD_NOT_ALLOWED -> {
        String method = facts.method().orElse("");
        yield method.equals(method.toUpperCase(Locale.ROOT))
            ? List.of()
            : List.of(Problem.METHOD_CASE);
      }
      default -> List.of();
    };
  }

  private static List<Problem> ofMissing(ConsoleLine line, int status) {
    if (!line.isOfRedirect() && status < 300) {
      return List.of();
    }
    Problem first =
        line.isOfRedirect() || status < 400
            ? Problem.REDIRECT_WITHOUT_HEADERS
            : Problem.ERROR_WITHOUT_HEADERS;
    // Unless the browser tells the two apart, it may be the preflight's status as well.
    return line.problems().contains(Problem.PREFLIGHT_ALLOW_ORIGIN_MISSING) && status >= 300
        ? List.of(first, Problem.ofPreflightStatus(status))
        : List.of(first);
  }

  private static List<Problem> ofValue(ConsoleLine line, String value) {
    List<Problem> said = line.problems();
    if (value.indexOf(',') >= 0 || value.split("\\s+", 0).length > 1) {
      return each(said, Problem.ofSeveralOrigins(List.of(value)));
    }
    Facts facts = line.facts();
    if (facts.get(Fact.FIRST).isPresent() && facts.origin().filter(value::equals).isPresent()) {
      // The page's origin and still not the request's: that has become null on the way.
      return List.of(Problem.REDIRECT_NULL_ORIGIN);
    }
    // Firefox has one line for another origin and for what is none; Chromium has two.
    return line.browser() != Engine.FIREFOX || value.contains("://") || value.equals("null")
        ? List.of()
        : each(said, Problem.ALLOW_ORIGIN_INVALID);
  }

  /** The problem as the message has it: of the response, of the preflight's, or of either. */
  private static List<Problem> each(List<Problem> said, Problem problem) {
    List<Problem> found = new ArrayList<>();
    if (!said.stream().allMatch(Problem::isOfPreflight)) {
      found.add(problem);
    }
    if (said.stream().anyMatch(Problem::isOfPreflight)) {
      found.add(problem.ofPreflight());
    }
    return found;
  }

  private static int number(String status) {
    return status.length() == 3 && status.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Integer.parseInt(status)
        : 0;
  }
}
