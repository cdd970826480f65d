package dev.corsac.doctor.har;

import dev.corsac.doctor.explain.Explanation;
import dev.corsac.doctor.problem.ProblemCase;
import java.util.List;
import java.util.Objects;

/**
 * A problem, and the entries of the {@link Har} that show it.
 *
 * <p>Immutable and thread-safe.
 */
public final class HarFinding {
  private final Explanation explanation;
  private final List<Integer> entries;

  HarFinding(Explanation explanation, List<Integer> entries) {
    this.explanation = Objects.requireNonNull(explanation, "explanation");
    this.entries = List.copyOf(entries);
  }

  /** Which problem it is, and what else it can be. */
  public Explanation explanation() {
    return explanation;
  }

  /** The problem in this case. */
  public ProblemCase problemCase() {
    return explanation.problemCase();
  }

  /** The indexes of the entries, from 0, in their order. */
  public List<Integer> entries() {
    return entries;
  }

  @Override
  public String toString() {
    return explanation + " " + entries;
  }
}
