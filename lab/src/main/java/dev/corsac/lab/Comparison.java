package dev.corsac.lab;

import dev.corsac.browser.Exchange;
import dev.corsac.browser.Headers;
import dev.corsac.browser.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Where what a browser did is not what its model said. */
final class Comparison {
  private Comparison() {}

  /** The differences in sentences; none if both are the same. */
  static List<String> of(Forecast.Expected expected, Report report, List<Recorded> exchanges) {
    List<String> differences = new ArrayList<>();
    Report.Kind kind = expected.kind();
    if (kind != report.kind()) {
      differences.add(
          "The model said that the page's request would be %s; it was %s."
              .formatted(kind.id(), report.kind().id()));
    }
    if (expected.outcome() instanceof Outcome.Readable readable
        && report.kind() == Report.Kind.READABLE) {
      if (readable.status() != report.status()) {
        differences.add(
            "The model said that the page would see status %d; it saw %d."
                .formatted(readable.status(), report.status()));
      }
      if (!readable.headers().equals(report.headers())) {
        differences.add(
            "The model said that the page would see the headers %s; it saw %s."
                .formatted(readable.headers().keySet(), report.headers().keySet()));
      }
    }
    List<String> sent = expected.exchanges().stream().map(Comparison::summary).toList();
    List<String> arrived = exchanges.stream().map(Comparison::summary).toList();
    if (!sent.equals(arrived)) {
      differences.add(
          "The model said that these requests would arrive: %s; these did: %s."
              .formatted(sent, arrived));
    }
    return differences;
  }

  static Report.Kind kind(Outcome outcome) {
    if (outcome instanceof Outcome.Readable) {
      return Report.Kind.READABLE;
    }
    if (outcome instanceof Outcome.Opaque) {
      return Report.Kind.OPAQUE;
    }
    return outcome instanceof Outcome.Thrown ? Report.Kind.THROWN : Report.Kind.BLOCKED;
  }

  private static String summary(Exchange exchange) {
    return summary(exchange.request().method(), exchange.request().headers());
  }

  private static String summary(Recorded recorded) {
    return summary(recorded.request().method(), recorded.request().headers());
  }

  /** What CORS is about in a request. */
  private static String summary(String method, Headers headers) {
    StringBuilder out = new StringBuilder(method);
    for (String name :
        List.of(
            "Origin",
            "Access-Control-Request-Method",
            "Access-Control-Request-Headers",
            "Content-Type")) {
      String value = Objects.requireNonNullElse(headers.get(name), "");
      if (!value.isEmpty()) {
        out.append(' ').append(value.toLowerCase(Locale.ROOT));
      }
    }
    return headers.contains("Cookie") ? out.append(" with a cookie").toString() : out.toString();
  }
}
