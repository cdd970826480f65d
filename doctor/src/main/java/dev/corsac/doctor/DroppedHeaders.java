package dev.corsac.doctor;

import dev.corsac.browser.Browser;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds the headers that a page sets and the browser does not send: it sets them itself. */
final class DroppedHeaders {
  private DroppedHeaders() {}

  /** They are seen by asking a server, in memory, that allows whatever it is asked for. */
  static Optional<ProblemCase> of(Page page, PageRequest request, Engine engine) {
    if (request.headers().isEmpty()) {
      return Optional.empty();
    }
    List<WireRequest> sent = new ArrayList<>();
    Browser.builder(engine, asked -> allowed(asked, sent)).build().load(page, request);
    if (sent.isEmpty()) {
      return Optional.empty();
    }
    List<String> dropped =
        request.headers().stream()
            .filter(header -> !isSent(header, sent.get(0)))
            .map(Header::name)
            .distinct()
            .toList();
    return dropped.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ProblemCase.seen(
                Problem.FORBIDDEN_HEADER, Facts.of(Fact.HEADER, String.join(", ", dropped))));
  }

  private static boolean isSent(Header header, WireRequest sent) {
    // The browser's own Origin and Cookie have the page's name, and another value.
    return sent.headers().values(header.name()).stream()
        .anyMatch(value -> value.contains(header.value().strip()));
  }

  private static WireResponse allowed(WireRequest asked, List<WireRequest> sent) {
    if (!asked.isPreflight()) {
      sent.add(asked);
    }
    String headers =
        Objects.requireNonNullElse(asked.header("Access-Control-Request-Headers"), "x");
    String method =
        Objects.requireNonNullElse(asked.header("Access-Control-Request-Method"), "GET");
    return WireResponse.of(
        200,
        Headers.of(
            "Access-Control-Allow-Origin",
            Objects.requireNonNullElse(asked.header("Origin"), "*"),
            "Access-Control-Allow-Credentials",
            "true",
            "Access-Control-Allow-Methods",
            method,
            "Access-Control-Allow-Headers",
            headers));
  }
}
