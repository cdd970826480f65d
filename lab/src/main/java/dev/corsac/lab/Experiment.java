package dev.corsac.lab;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server's policy and the requests that pages make to it.
 *
 * @param policy the text of a {@code corsac.yaml}
 * @param byHand the responses that somebody wrote instead of a policy; null if the policy decides
 * @param steps the requests in their order
 */
record Experiment(String policy, @Nullable ByHand byHand, List<Step> steps) {
  /** Makes an experiment. */
  Experiment {
    steps = List.copyOf(steps);
  }
}
