package dev.corsac.doctor.explain;

import dev.corsac.browser.Engine;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Hosts;
import dev.corsac.doctor.problem.LoginPages;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** What else it can be where nobody knows the status: browsers look at the headers first. */
  private static final List<Problem> OF_UNKNOWN_STATUS =
      List.of(
          Problem.PREFLIGHT_NOT_HANDLED,
          Problem.PREFLIGHT_SERVER_ERROR,
          Problem.PREFLIGHT_UNAUTHORIZED,
          Problem.PREFLIGHT_FORBIDDEN);

  private final ConsoleLine line;
  private final boolean ofExtension;
  private final String url;
  private final String first;
  private final String origin;
  private final int status;
  private Facts facts;

  private MessageRefinement(ConsoleLine line, boolean ofExtension) {
    this.line = line;
    this.ofExtension = ofExtension;
    this.facts = line.facts();
    this.url = facts.url().orElse("");
    this.first = facts.get(Fact.FIRST).orElse("");
    this.origin = facts.origin().orElse("");
    this.status = number(facts.status().orElse(""));
  }

  /**
   * The one problem behind a line.
   *
   * @param ofExtension whether something beside the line speaks of an extension of the browser
   */
  static Explanation explanation(ConsoleLine line, boolean ofExtension) {
    return new MessageRefinement(line, ofExtension).explanation();
  }

  private Explanation explanation() {
    Problem scheme = ofScheme();
    if (scheme != null) {
      return Explanation.of(line.browser(), ProblemCase.told(scheme, facts), List.of());
    }
    Set<Problem> problems = new LinkedHashSet<>(closer());
    boolean known = problems.stream().anyMatch(STATUSES::contains);
    for (Problem problem : line.problems()) {
      // Of what a status can mean, only one is left where the status is known.
      if (!known || !STATUSES.contains(problem)) {
        problems.add(problem);
      }
    }
    problems.addAll(line.hints());
    problems.addAll(ofUnknownStatus());
    List<Problem> all = List.copyOf(problems);
    Problem problem = all.get(0);
    if (!isOfRedirect(problem)) {
      // Lines that differ in it alone tell the same.
      facts = facts.without(Fact.FIRST);
    }
    String reason = reason(problem);
    if (reason != null) {
      facts = facts.with(Fact.REASON, reason);
    }
    return Explanation.of(
        line.browser(), ProblemCase.told(problem, facts), all.subList(1, all.size()));
  }

  /** A URL without http or https is the cause, whatever the browser says of it. */
  private @Nullable Problem ofScheme() {
    Problem said = line.problems().get(0);
    boolean other =
        switch (said) {
          case SCHEME_NOT_SUPPORTED,
              MALFORMED_RESPONSE,
              ACCESS_CONTROL_CHECKS,
              DID_NOT_SUCCEED,
              NO_REASON_GIVEN ->
              true;
          // A page that is a file may have no worker, whatever mode a fetch would have.
          case SAME_ORIGIN_MODE -> line.reasonKey().equals("worker");
          default -> said.kind() == Problem.Kind.CORS;
        };
    if (!other || url.isEmpty()) {
      return null;
    }
    if (UrlText.isWithoutScheme(url)) {
      facts = facts.with(Fact.REASON, "no-scheme").with(Fact.LOCATION, "http://" + url);
      return Problem.SCHEME_NOT_SUPPORTED;
    }
    String scheme = UrlText.scheme(url);
    switch (scheme) {
      case "", "http", "https", "ws", "wss", "blob", "data" -> {
        return null;
      }
      case "file" -> facts = facts.with(Fact.REASON, "file");
      case "ftp" -> {}
      default -> {
        if (url.contains("://")) {
          facts = facts.with(Fact.REASON, "app");
        }
      }
    }
    return Problem.SCHEME_NOT_SUPPORTED;
  }

  /** The problems that come before those of the message, now that its facts are known. */
  private List<Problem> closer() {
    List<Problem> said = line.problems();
    return switch (said.get(0)) {
      case ALLOW_ORIGIN_MISMATCH,
          ALLOW_ORIGIN_INVALID,
          ALLOW_ORIGIN_LIST,
          PREFLIGHT_ALLOW_ORIGIN_MISMATCH,
          PREFLIGHT_ALLOW_ORIGIN_INVALID,
          PREFLIGHT_ALLOW_ORIGIN_LIST ->
          facts.value().map(this::ofValue).orElse(List.of());
      case ALLOW_ORIGIN_MISSING -> ofMissing();
      case PREFLIGHT_ALLOW_ORIGIN_MISSING, PREFLIGHT_STATUS ->
          status >= 300 ? List.of(Problem.ofPreflightStatus(status)) : List.of();
      case PREFLIGHT_REDIRECT ->
          first.isEmpty() || url.isEmpty()
              ? LoginPages.isLoginWithWayBack(url)
                  ? List.of(Problem.PREFLIGHT_REDIRECT_LOGIN)
                  : List.of()
              : List.of(Problem.ofPreflightRedirect(first, url));
      case METHOD_NOT_ALLOWED -> {
        String method = facts.method().orElse("");
        yield method.equals(method.toUpperCase(Locale.ROOT))
            ? List.of()
            : List.of(Problem.METHOD_CASE);
      }
      case HEADER_NOT_ALLOWED ->
          Problem.ofRefusedHeaders(List.of(facts.header().orElse("")))
              .map(List::of)
              .orElse(List.of());
      case NO_CORS_REDIRECT_MODE ->
          line.browser() == Engine.WEBKIT && url.startsWith("http:")
              ? List.of(Problem.MIXED_CONTENT)
              : List.of();
      case ACCESS_CONTROL_CHECKS, NO_REASON_GIVEN ->
          line.hints().contains(Problem.CACHED_FOR_ANOTHER_ORIGIN)
              ? List.of(Problem.CACHED_FOR_ANOTHER_ORIGIN)
              : List.of();
      case REDIRECT_WITHOUT_HEADERS ->
          facts.location().filter(LoginPages::isLogin).isPresent()
              ? List.of(Problem.REDIRECT_TO_LOGIN)
              : List.of();
      case DID_NOT_SUCCEED ->
          url.startsWith("ws:") || url.startsWith("wss:")
              ? List.of(Problem.WEBSOCKET_REFUSED)
              : List.of();
      default -> List.of();
    };
  }

  private List<Problem> ofMissing() {
    boolean redirected = !first.isEmpty() || line.isOfRedirect();
    if (redirected ? LoginPages.isLogin(url) : LoginPages.isLoginWithWayBack(url)) {
      return List.of(Problem.REDIRECT_TO_LOGIN);
    }
    if (status >= 400) {
      return withPreflight(Problem.ERROR_WITHOUT_HEADERS);
    }
    if (line.isOfRedirect()) {
      return withPreflight(Problem.REDIRECT_WITHOUT_HEADERS);
    }
    String from = UrlText.origin(first);
    boolean becameNull =
        !from.isEmpty()
            && !from.equals(UrlText.origin(url))
            && !origin.isEmpty()
            && !from.equals(UrlText.origin(origin));
    if (becameNull) {
      return List.of(Problem.REDIRECT_NULL_ORIGIN);
    }
    if (status >= 300) {
      return withPreflight(Problem.REDIRECT_WITHOUT_HEADERS);
    }
    return line.hints().contains(Problem.CACHED_FOR_ANOTHER_ORIGIN)
        ? List.of(Problem.CACHED_FOR_ANOTHER_ORIGIN)
        : List.of();
  }

  /** Unless the browser tells the two apart, it may be the preflight's status as well. */
  private List<Problem> withPreflight(Problem problem) {
    return line.problems().contains(Problem.PREFLIGHT_ALLOW_ORIGIN_MISSING) && status >= 300
        ? List.of(problem, Problem.ofPreflightStatus(status))
        : List.of(problem);
  }

  private List<Problem> ofUnknownStatus() {
    if (status != 0) {
      return List.of();
    }
    return switch (line.problems().get(0)) {
      case ALLOW_ORIGIN_MISSING -> List.of(Problem.ERROR_WITHOUT_HEADERS);
      case PREFLIGHT_ALLOW_ORIGIN_MISSING -> OF_UNKNOWN_STATUS;
      default -> List.of();
    };
  }

  private List<Problem> ofValue(String value) {
    List<Problem> said = line.problems();
    if (value.equals("(null)")) {
      // So an older Firefox calls a header that is not there.
      return each(said, Problem.ALLOW_ORIGIN_MISSING);
    }
    if (value.indexOf(',') >= 0 || value.split("\\s+", 0).length > 1) {
      return each(said, Problem.ofSeveralOrigins(List.of(value)));
    }
    if (!first.isEmpty() && !value.endsWith("/") && origin.equals(value)) {
      // The page's origin and still not the request's: that has become null on the way.
      return List.of(Problem.REDIRECT_NULL_ORIGIN);
    }
    // Firefox has one line for another origin and for what is none; Chromium has two.
    return line.browser() != Engine.FIREFOX || value.contains("://") || value.equals("null")
        ? List.of()
        : each(said, Problem.ALLOW_ORIGIN_INVALID);
  }

  private static boolean isOfRedirect(Problem problem) {
    return switch (problem) {
      case REDIRECT_NULL_ORIGIN,
          REDIRECT_TO_LOGIN,
          REDIRECT_WITHOUT_HEADERS,
          PREFLIGHT_REDIRECT,
          PREFLIGHT_REDIRECT_HTTPS,
          PREFLIGHT_REDIRECT_LOGIN,
          PREFLIGHT_REDIRECT_SLASH ->
          true;
      default -> false;
    };
  }

  /** Why, as far as the problem tells such reasons apart: a key in problems.yaml. */
  private @Nullable String reason(Problem problem) {
    return switch (problem) {
      case CACHED_FOR_ANOTHER_ORIGIN -> "browser-cache";
      case MIXED_CONTENT -> line.browser() == Engine.WEBKIT ? "safari" : null;
      case WEBSOCKET_REFUSED ->
          switch (status) {
            case 403 -> "origin";
            case 302, 401, 407 -> "login";
            case 404 -> "path";
            case 200, 301, 400, 405, 426, 500, 502, 503, 504 -> "proxy";
            default -> null;
          };
      case ALLOW_ORIGIN_MISSING -> whoAsks();
      default -> line.reasonKey().isEmpty() ? null : line.reasonKey();
    };
  }

  private @Nullable String whoAsks() {
    String scheme = UrlText.scheme(origin);
    if (scheme.endsWith("-extension")) {
      return "extension";
    }
    if (!scheme.isEmpty() && !scheme.equals("http") && !scheme.equals("https")) {
      return "app";
    }
    boolean toThisComputer = Hosts.isInternal(host(url)) && !url.isEmpty();
    boolean fromOutside = scheme.equals("https") && !Hosts.isInternal(host(origin));
    if (!origin.isEmpty() && (ofExtension || (toThisComputer && fromOutside))) {
      return "content-script";
    }
    // One line for a header that is not there, and for one that allows somebody else.
    return line.problems().contains(Problem.ALLOW_ORIGIN_MISMATCH) ? "safari" : null;
  }

  private static String host(String url) {
    return UrlText.origin(url).replaceFirst("^[^:]*://", "").replaceFirst(":\\d*$", "");
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
