package dev.corsac.doctor.explain;

import dev.corsac.browser.Engine;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import dev.corsac.doctor.problem.Remedy;
import dev.corsac.doctor.problem.Stack;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message of a browser means: most likely one problem, perhaps others.
 *
 * <p>Immutable and thread-safe.
 */
public final class Explanation {
  private final @Nullable Engine browser;
  private final ProblemCase problemCase;
  private final List<Problem> candidates;

  private Explanation(@Nullable Engine browser, ProblemCase problemCase, List<Problem> candidates) {
    this.browser = browser;
    this.problemCase = Objects.requireNonNull(problemCase, "problemCase");
    this.candidates = List.copyOf(candidates);
  }

  /**
   * Makes an explanation.
   *
   * @param browser whose words they are; null if several browsers use the same
   * @param problemCase what they mean, or most likely mean
   * @param candidates what else they can mean, the likeliest first
   */
  public static Explanation of(
      @Nullable Engine browser, ProblemCase problemCase, List<Problem> candidates) {
    return new Explanation(browser, problemCase, candidates);
  }

  /** Whose words they are; empty if several browsers, or a library, use the same. */
  public Optional<Engine> browser() {
    return Optional.ofNullable(browser);
  }

  /** What it means, or most likely means, in this case. */
  public ProblemCase problemCase() {
    return problemCase;
  }

  /** The problem of the {@link #problemCase}. */
  public Problem problem() {
    return problemCase.problem();
  }

  /** What else it can mean, the likeliest first; none where the words leave no doubt. */
  public List<Problem> candidates() {
    return candidates;
  }

  /** Whether a server's response broke the CORS protocol. */
  public boolean isCors() {
    return problem().kind() == Problem.Kind.CORS;
  }

  /** The facts that the message names. */
  public Facts facts() {
    return problemCase.facts();
  }

  /** The {@link #problemCase} in a sentence. */
  public String says() {
    return problemCase.says();
  }

  /** The fix on a stack; empty if the fix does not depend on the server. */
  public Optional<Remedy> remedy(Stack stack) {
    return problemCase.remedy(stack);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Explanation that
        && browser == that.browser
        && problemCase.equals(that.problemCase)
        && candidates.equals(that.candidates);
  }

  @Override
  public int hashCode() {
    return Objects.hash(browser, problemCase, candidates);
  }

  @Override
  public String toString() {
    return problemCase.toString();
  }
}
