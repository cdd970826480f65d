package dev.corsac.doctor.problem;

import dev.corsac.browser.Exchange;
import dev.corsac.browser.NetworkError;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.WireResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The facts that a network error and its exchanges show. */
final class NetworkErrorFacts {
  private static final int MOST_LISTED = 12;

  private NetworkErrorFacts() {}

  static Facts of(Outcome.Blocked blocked) {
    NetworkError error = blocked.error();
    List<Exchange> exchanges = blocked.transcript();
    Exchange last = exchanges.isEmpty() ? null : exchanges.get(exchanges.size() - 1);
    WireResponse response = blocked.lastResponse().orElse(null);
    Facts facts =
        Facts.of(Fact.URL, error.url())
            .with(Fact.ORIGIN, error.pageOrigin())
            .with(Fact.FIRST, redirectedFrom(exchanges, error.url()))
            .with(Fact.STATUS, error.status() == 0 ? null : String.valueOf(error.status()))
            .with(Fact.LOCATION, response == null ? null : response.headers().get("Location"))
            .with(Fact.FAILURE, last == null ? null : last.failure());
    return switch (error.cause()) {
      case METHOD_NOT_ALLOWED ->
          facts
              .with(Fact.METHOD, error.parameter())
              .with(Fact.LIST, listed(response, NetworkErrorRefinement.ALLOW_METHODS));
      case HEADER_NOT_ALLOWED ->
          facts
              .with(Fact.HEADER, String.join(", ", error.refusedHeaders()))
              .with(Fact.LIST, listed(response, NetworkErrorRefinement.ALLOW_HEADERS));
      case ALLOW_ORIGIN_MISSING, PREFLIGHT_ALLOW_ORIGIN_MISSING, PREFLIGHT_STATUS -> facts;
      case ALLOW_ORIGIN_INVALID, PREFLIGHT_ALLOW_ORIGIN_INVALID ->
          facts.with(Fact.VALUE, error.parameter());
      default -> error.parameter().isEmpty() ? facts : facts.with(Fact.VALUE, error.parameter());
    };
  }

  /** Where a chain of redirects began; null if the request was not redirected. */
  private static @Nullable String redirectedFrom(List<Exchange> exchanges, String url) {
    String first = exchanges.isEmpty() ? url : exchanges.get(0).request().url();
    return first.equals(url) ? null : first;
  }

  private static @Nullable String listed(@Nullable WireResponse response, String header) {
    if (response == null) {
      return null;
    }
    List<String> listed = response.headers().list(header);
    return listed.isEmpty()
        ? "missing"
        : listed.stream().limit(MOST_LISTED).collect(Collectors.joining(", "))
            + (listed.size() > MOST_LISTED ? ", ..." : "");
  }
}
