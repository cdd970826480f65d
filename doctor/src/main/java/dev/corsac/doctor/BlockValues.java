package dev.corsac.doctor;

import dev.corsac.browser.Block;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.WireResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a block and its exchanges name, for the sentences of {@link Says}. */
final class BlockValues {
  private static final int MOST_LISTED = 12;

  private BlockValues() {}

  static Map<String, String> of(Outcome.Blocked blocked) {
    Block block = blocked.block();
    Exchange last =
        blocked.transcript().isEmpty()
            ? null
            : blocked.transcript().get(blocked.transcript().size() - 1);
    WireResponse answer = blocked.lastResponse().orElse(null);
    Map<String, String> values = new LinkedHashMap<>();
    values.put("url", block.url());
    values.put("origin", block.pageOrigin());
    if (block.status() != 0) {
      values.put("status", String.valueOf(block.status()));
    }
    put(values, "location", answer == null ? null : answer.headers().get("Location"));
    put(values, "failure", last == null ? null : last.failure());
    switch (block.cause()) {
      case METHOD_NOT_ALLOWED -> {
        values.put("method", block.parameter());
        put(values, "list", listed(answer, Refinement.ALLOW_METHODS));
      }
      case HEADER_NOT_ALLOWED -> {
        values.put("header", String.join(", ", block.refusedHeaders()));
        put(values, "list", listed(answer, Refinement.ALLOW_HEADERS));
      }
      case ALLOW_ORIGIN_MISSING, PREFLIGHT_ALLOW_ORIGIN_MISSING, PREFLIGHT_STATUS -> {}
      case ALLOW_ORIGIN_INVALID, PREFLIGHT_ALLOW_ORIGIN_INVALID ->
          values.put("value", block.parameter());
      default -> {
        if (!block.parameter().isEmpty()) {
          values.put("value", block.parameter());
          put(
              values,
              "difference",
              OriginDifference.between(block.parameter(), block.pageOrigin()));
        }
      }
    }
    return values;
  }

  private static @Nullable String listed(@Nullable WireResponse answer, String header) {
    if (answer == null) {
      return null;
    }
    List<String> listed = answer.headers().list(header);
    return listed.isEmpty()
        ? "missing"
        : listed.stream().limit(MOST_LISTED).collect(Collectors.joining(", "))
            + (listed.size() > MOST_LISTED ? ", ..." : "");
  }

  private static void put(Map<String, String> values, String name, @Nullable String value) {
    if (value != null) {
      values.put(name, value);
    }
  }
}
