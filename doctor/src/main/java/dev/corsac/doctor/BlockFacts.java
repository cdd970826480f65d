package dev.corsac.doctor;

import dev.corsac.browser.Block;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.WireResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The facts that a block and its exchanges show. */
final class BlockFacts {
  private static final int MOST_LISTED = 12;

  private BlockFacts() {}

  static Facts of(Outcome.Blocked blocked) {
    Block block = blocked.block();
    List<Exchange> exchanges = blocked.transcript();
    Exchange last = exchanges.isEmpty() ? null : exchanges.get(exchanges.size() - 1);
    WireResponse response = blocked.lastResponse().orElse(null);
    Facts facts =
        Facts.of(Fact.URL, block.url())
            .with(Fact.ORIGIN, block.pageOrigin())
            .with(Fact.STATUS, block.status() == 0 ? null : String.valueOf(block.status()))
            .with(Fact.LOCATION, response == null ? null : response.headers().get("Location"))
            .with(Fact.FAILURE, last == null ? null : last.failure());
    return switch (block.cause()) {
      case METHOD_NOT_ALLOWED ->
          facts
              .with(Fact.METHOD, block.parameter())
              .with(Fact.LIST, listed(response, BlockRefinement.ALLOW_METHODS));
      case HEADER_NOT_ALLOWED ->
          facts
              .with(Fact.HEADER, String.join(", ", block.refusedHeaders()))
              .with(Fact.LIST, listed(response, BlockRefinement.ALLOW_HEADERS));
      case ALLOW_ORIGIN_MISSING, PREFLIGHT_ALLOW_ORIGIN_MISSING, PREFLIGHT_STATUS -> facts;
      case ALLOW_ORIGIN_INVALID, PREFLIGHT_ALLOW_ORIGIN_INVALID ->
          facts.with(Fact.VALUE, block.parameter());
      default -> block.parameter().isEmpty() ? facts : facts.with(Fact.VALUE, block.parameter());
    };
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
