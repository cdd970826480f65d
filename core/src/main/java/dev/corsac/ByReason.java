package dev.corsac;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Decisions of one kind, one for each reason, made when the policy is built. */
final class ByReason {
  private final Map<Reason, Decision> decisions = new EnumMap<>(Reason.class);

  ByReason(Function<Reason, Decision> decision) {
    for (Reason reason : Reason.values()) {
      decisions.put(reason, decision.apply(reason));
    }
  }

  Decision with(Reason reason) {
    return Objects.requireNonNull(decisions.get(reason));
  }
}
