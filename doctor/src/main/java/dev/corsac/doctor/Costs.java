package dev.corsac.doctor;

import dev.corsac.browser.Exchange;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.ResponseType;
import dev.corsac.browser.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** What works, but costs: round trips, or what the page hoped to read. */
final class Costs {
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

  private Costs() {}

  static List<Note> of(Outcome.Readable readable) {
    List<Note> notes = new ArrayList<>();
    for (Exchange exchange : readable.transcript()) {
      if (exchange.request().isPreflight() && exchange.response() != null) {
        addPreflight(exchange, exchange.response(), notes);
      }
    }
    addHidden(readable, notes);
    return notes;
  }

  private static void addPreflight(Exchange preflight, WireResponse answer, List<Note> notes) {
    notes.add(new Note(Problem.PREFLIGHT_NEEDED, reason(preflight)));
    String maxAge = answer.headers().get("Access-Control-Max-Age");
    if (maxAge == null) {
      notes.add(
          new Note(
              Problem.NO_MAX_AGE,
              "The preflight is remembered for 5 s only: there is no Access-Control-Max-Age."));
    } else if (!maxAge.matches("0*[1-9][0-9]*")) {
      notes.add(
          new Note(
              Problem.MAX_AGE_ZERO,
              "The preflight is not remembered: Access-Control-Max-Age is '" + maxAge + "'."));
    }
    List<String> methods = answer.headers().list(Refinement.ALLOW_METHODS);
    List<String> headers = answer.headers().list(Refinement.ALLOW_HEADERS);
    String method = header(preflight, "Access-Control-Request-Method");
    if (isOnlyStarred(method, methods) && !Set.of("GET", "HEAD", "POST").contains(method)) {
      notes.add(star(Refinement.ALLOW_METHODS, method));
    }
    for (String name : asked(preflight)) {
      if (isOnlyStarred(name, headers)) {
        boolean authorization = name.equals("authorization");
        notes.add(
            authorization
                ? new Note(
                    Problem.AUTHORIZATION_UNDER_STAR,
                    "Access-Control-Allow-Headers: * does not cover Authorization; browsers let it"
                        + " pass today, and ask again before every request.")
                : star(Refinement.ALLOW_HEADERS, name));
      }
    }
  }

  private static Note star(String header, String name) {
    return new Note(
        Problem.STAR_NOT_REMEMBERED,
        "Firefox asks again before every request: it remembers "
            + header
            + ": * as a name, and "
            + name
            + " is not listed.");
  }

  private static boolean isOnlyStarred(String name, List<String> listed) {
    return listed.contains("*") && listed.stream().noneMatch(name::equalsIgnoreCase);
  }

  private static String reason(Exchange preflight) {
    String method = header(preflight, "Access-Control-Request-Method");
    List<String> reasons = new ArrayList<>();
    if (!Set.of("GET", "HEAD", "POST").contains(method)) {
      reasons.add("the method " + method);
    }
    List<String> names = asked(preflight);
    if (!names.isEmpty()) {
      reasons.add((names.size() == 1 ? "the header " : "the headers ") + String.join(", ", names));
    }
    return reasons.isEmpty()
        ? "The browser asks first with a preflight."
        : "The browser asks first with a preflight, because of "
            + String.join(" and ", reasons)
            + ".";
  }

  private static void addHidden(Outcome.Readable readable, List<Note> notes) {
    WireResponse answer = readable.lastResponse().orElse(null);
    if (answer == null || readable.type() != ResponseType.CORS) {
      return;
    }
    List<String> hidden =
        answer.headers().lines().stream()
            .map(line -> line.name().toLowerCase(Locale.ROOT))
            .distinct()
            .filter(Costs::isInteresting)
            .filter(name -> readable.header(name) == null)
            .toList();
    if (!hidden.isEmpty()) {
      notes.add(
          new Note(
              Problem.HEADERS_NOT_EXPOSED,
              "The page cannot read "
                  + String.join(", ", hidden)
                  + ": Access-Control-Expose-Headers does not list "
                  + (hidden.size() == 1 ? "it." : "them.")));
    }
  }

  private static boolean isInteresting(String name) {
    return INTERESTING.contains(name)
        || name.startsWith("ratelimit")
        || (name.startsWith("x-") && !UNINTERESTING.contains(name));
  }

  private static List<String> asked(Exchange preflight) {
    return preflight.request().headers().list("Access-Control-Request-Headers");
  }

  private static String header(Exchange exchange, String name) {
    return Objects.requireNonNullElse(exchange.request().header(name), "");
  }
}
