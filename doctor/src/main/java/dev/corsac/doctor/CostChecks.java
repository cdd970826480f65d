package dev.corsac.doctor;

import dev.corsac.browser.Exchange;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.ResponseType;
import dev.corsac.browser.WireResponse;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Finds what works, but costs: round trips, or headers that the page hoped to read. */
final class CostChecks {
  /** Fetch, CORS-safelisted response-header names, and what servers add for everybody. */
  private static final Set<String> UNINTERESTING =
      Set.of(
          "x-powered-by",
          "x-frame-options",
          "x-content-type-options",
          "x-xss-protection",
          "x-dns-prefetch-control",
          "x-download-options",
          "x-permitted-cross-domain-policies",
          "x-ua-compatible",
          "x-served-by",
          "x-cache",
          "x-cache-hits",
          "x-timer",
          "x-aspnet-version");

  private static final Set<String> INTERESTING =
      Set.of(
          "etag",
          "link",
          "location",
          "retry-after",
          "content-disposition",
          "content-range",
          "accept-ranges",
          "www-authenticate");

  private static final Set<String> SAFELISTED_METHODS = Set.of("GET", "HEAD", "POST");

  private final List<ProblemCase> found = new ArrayList<>();

  private CostChecks() {}

  /** Of the headers that the page is known to read, something else tells. */
  static List<ProblemCase> of(Outcome.Readable readable, List<String> reads) {
    CostChecks checks = new CostChecks();
    for (Exchange exchange : readable.transcript()) {
      if (exchange.request().isPreflight() && exchange.response() != null) {
        checks.preflight(exchange, exchange.response());
      }
    }
    checks.hiddenHeaders(readable, reads);
    return checks.found;
  }

  private void add(Problem problem, Facts facts) {
    found.add(ProblemCase.seen(problem, facts));
  }

  private void preflight(Exchange preflight, WireResponse response) {
    String method =
        Objects.requireNonNullElse(preflight.request().header("Access-Control-Request-Method"), "");
    List<String> names = preflight.request().headers().list("Access-Control-Request-Headers");
    boolean safelisted = SAFELISTED_METHODS.contains(method);
    add(Problem.PREFLIGHT_NEEDED, named(names).with(Fact.METHOD, safelisted ? null : method));
    String maxAge = response.headers().get("Access-Control-Max-Age");
    if (maxAge == null) {
      add(Problem.NO_MAX_AGE, Facts.of());
    } else if (!maxAge.matches("0*[1-9][0-9]*")) {
      add(Problem.MAX_AGE_ZERO, Facts.of(Fact.VALUE, maxAge));
    }
    List<String> methods = response.headers().list("Access-Control-Allow-Methods");
    if (isOnlyStarred(method, methods) && !safelisted) {
      add(Problem.STAR_NOT_REMEMBERED, Facts.of(Fact.METHOD, method));
    }
    List<String> headers = response.headers().list("Access-Control-Allow-Headers");
    for (String name : names) {
      if (isOnlyStarred(name, headers)) {
        boolean authorization = name.equals("authorization");
        add(
            authorization ? Problem.AUTHORIZATION_UNDER_STAR : Problem.STAR_NOT_REMEMBERED,
            Facts.of(Fact.HEADER, name));
      }
    }
  }

  private static boolean isOnlyStarred(String name, List<String> listed) {
    return listed.contains("*") && listed.stream().noneMatch(name::equalsIgnoreCase);
  }

  private void hiddenHeaders(Outcome.Readable readable, List<String> reads) {
    WireResponse response = readable.lastResponse().orElse(null);
    if (response == null || readable.type() != ResponseType.CORS) {
      return;
    }
    List<String> hidden =
        response.headers().lines().stream()
            .map(line -> line.name().toLowerCase(Locale.ROOT))
            .distinct()
            .filter(CostChecks::isInteresting)
            .filter(name -> readable.header(name) == null)
            .filter(name -> reads.stream().noneMatch(name::equalsIgnoreCase))
            .toList();
    if (!hidden.isEmpty()) {
      add(Problem.HEADERS_NOT_EXPOSED, named(hidden));
    }
  }

  private static boolean isInteresting(String name) {
    return INTERESTING.contains(name)
        || name.startsWith("ratelimit")
        || (name.startsWith("x-") && !UNINTERESTING.contains(name));
  }

  /** One header or several, which a sentence tells apart. */
  private static Facts named(List<String> headers) {
    return headers.isEmpty()
        ? Facts.of()
        : Facts.of(headers.size() == 1 ? Fact.HEADER : Fact.HEADERS, String.join(", ", headers));
  }
}
