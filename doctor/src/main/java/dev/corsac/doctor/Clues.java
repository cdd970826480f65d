package dev.corsac.doctor;

import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.Header;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.WireResponse;
import dev.corsac.doctor.problem.Evidence;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request and its responses give away: what the page asked for, which a fix names, and what
 * the response that decides says beside the CORS protocol.
 *
 * @param asked the facts of the request
 * @param exchanges every request and its response
 * @param missing the exchange that shows that nothing is there at all, or null
 * @param gateway the exchange that shows that Corsac's gateway decides, or null
 */
record Clues(
    Facts asked, List<Exchange> exchanges, @Nullable Exchange missing, @Nullable Exchange gateway) {

  static Clues of(Page page, PageRequest request, List<String> reads, List<Exchange> exchanges) {
    return new Clues(
        Facts.of(Fact.ORIGIN, page.origin())
            .with(Fact.METHOD, request.method())
            .with(Fact.ASKED, String.join(", ", askedHeaders(request, exchanges)))
            .with(Fact.EXPOSED, reads.isEmpty() ? null : String.join(", ", reads))
            .with(
                Fact.CREDENTIALS,
                request.credentials() == CredentialsMode.INCLUDE ? "include" : null)
            .with(
                Fact.PATH,
                request.url().replaceFirst("[?#].*", "").replaceFirst("^[a-z]+://[^/]*", "")),
        List.copyOf(exchanges),
        null,
        null);
  }

  Clues withMissing(@Nullable Exchange exchange) {
    return new Clues(asked, exchanges, exchange, gateway);
  }

  Clues withGateway(@Nullable Exchange exchange) {
    return new Clues(asked, exchanges, missing, exchange);
  }

  /** Every response that tells which stack decides. */
  List<WireResponse> responses() {
    return Stream.concat(exchanges.stream(), Stream.ofNullable(gateway))
        .map(Exchange::response)
        .filter(Objects::nonNull)
        .toList();
  }

  /** The names for which a preflight asked, written as the page writes them. */
  private static List<String> askedHeaders(PageRequest request, List<Exchange> exchanges) {
    List<String> names = new ArrayList<>();
    for (Exchange exchange : exchanges) {
      if (exchange.request().isPreflight()) {
        for (String name : exchange.request().headers().list("Access-Control-Request-Headers")) {
          String written = written(request, name);
          if (!names.contains(written)) {
            names.add(written);
          }
        }
      }
    }
    return names;
  }

  private static String written(PageRequest request, String lower) {
    return request.headers().stream()
        .map(Header::name)
        .filter(lower::equalsIgnoreCase)
        .findFirst()
        .orElse(lower.equals("content-type") ? "Content-Type" : lower);
  }

  List<Evidence> to(ProblemCase cause) {
    List<Evidence> found = new ArrayList<>();
    Exchange last = exchanges.isEmpty() ? null : exchanges.get(exchanges.size() - 1);
    if (last == null || last.response() == null || !isOfResponse(cause)) {
      return found;
    }
    if (gateway != null) {
      // Whatever the server behind it gives away, no change there helps.
      return Evidence.of(cause.problem(), cause.facts(), gateway);
    }
    found.addAll(Evidence.of(cause.problem(), cause.facts(), last));
    if (found.isEmpty() && missing != null) {
      found.addAll(Evidence.of(cause.problem(), cause.facts(), missing));
    }
    Evidence.ofMisspeltHeader(last).ifPresent(misspelt -> found.add(0, misspelt));
    return found;
  }

  /** Where the page reads the response there is nothing to explain. */
  private static boolean isOfResponse(ProblemCase cause) {
    return switch (cause.problem().kind()) {
      case CORS -> true;
      case PAGE -> cause.problem() == Problem.WEBSOCKET_REFUSED;
      case NETWORK, APPLICATION, COST -> false;
    };
  }
}
