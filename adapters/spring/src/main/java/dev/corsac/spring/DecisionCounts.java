package dev.corsac.spring;

import dev.corsac.CorsRequest;
import dev.corsac.Decision;
import dev.corsac.Reason;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/** How many requests were decided for each reason since the start. Thread-safe. */
final class DecisionCounts implements BiConsumer<CorsRequest, Decision> {
  private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

  DecisionCounts() {
    for (Reason reason : Reason.values()) {
      counts.put(reason, new LongAdder());
    }
  }

  @Override
  public void accept(CorsRequest request, Decision decision) {
    of(decision.reason()).increment();
  }

  LongAdder of(Reason reason) {
    return Objects.requireNonNull(counts.get(reason));
  }

  /** By the reason's id, in the order of {@link Reason}. */
  Map<String, Long> byReason() {
    Map<String, Long> byReason = new LinkedHashMap<>();
    counts.forEach((reason, count) -> byReason.put(reason.id(), count.sum()));
    return byReason;
  }
}
