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
  private final Map<Reason, LongAdder> counts = zeros();
  private final Map<Reason, LongAdder> reported = zeros();

  private static Map<Reason, LongAdder> zeros() {
    Map<Reason, LongAdder> zeros = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      zeros.put(reason, new LongAdder());
    }
    return zeros;
  }

  @Override
  public void accept(CorsRequest request, Decision decision) {
    of(decision.reason()).increment();
    decision.reported().ifPresent(reason -> reported(reason).increment());
  }

  /** Of those that {@code enforce_report} told to be refused, were they enforced. */
  LongAdder reported(Reason reason) {
    return Objects.requireNonNull(reported.get(reason));
  }

  LongAdder of(Reason reason) {
    return Objects.requireNonNull(counts.get(reason));
  }

  /** By the reason's id, in the order of {@link Reason}. */
  Map<String, Long> byReason() {
    return byId(counts);
  }

  /** The same of {@link #reported}. */
  Map<String, Long> reportedByReason() {
    return byId(reported);
  }

  private static Map<String, Long> byId(Map<Reason, LongAdder> counts) {
    Map<String, Long> byId = new LinkedHashMap<>();
    counts.forEach((reason, count) -> byId.put(reason.id(), count.sum()));
    return byId;
  }
}
