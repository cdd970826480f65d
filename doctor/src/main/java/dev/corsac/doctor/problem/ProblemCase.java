package dev.corsac.doctor.problem;

import dev.corsac.browser.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A problem in one case: which it is, and the facts that its sentence and its fix name.
 *
 * <p>What it says may hold what a server, a page or a message said, as it said it: make control
 * characters visible before you print it. Immutable and thread-safe.
 */
public final class ProblemCase {
  /** How the case is known, which the sentence depends on. */
  private enum Evidence {
    /** A message of a browser. */
    MESSAGE,
    /** An exchange that somebody recorded, or that was blocked. */
    RECORDING,
    /** An exchange that the doctor itself has caused. */
    EXCHANGE
  }

  private static final Set<String> OF_BODIES = Set.of("400", "413", "415", "422");

  private final Problem problem;
  private final Facts facts;
  private final Evidence evidence;
  private final String decidingHeader;

  private ProblemCase(Problem problem, Facts facts, Evidence evidence, String decidingHeader) {
    this.problem = Objects.requireNonNull(problem, "problem");
    this.facts = Objects.requireNonNull(facts, "facts");
    this.evidence = evidence;
    this.decidingHeader = decidingHeader;
  }

  /** The problem behind what the browser blocked. */
  public static ProblemCase of(Outcome.Blocked blocked) {
    return new ProblemCase(
        NetworkErrorRefinement.of(blocked),
        NetworkErrorFacts.of(blocked),
        Evidence.RECORDING,
        NetworkErrorRefinement.decidingHeader(blocked.error().cause()));
  }

  /** A problem that exchanges show which somebody recorded. */
  public static ProblemCase of(Problem problem, Facts facts) {
    return new ProblemCase(problem, facts, Evidence.RECORDING, "");
  }

  /** A problem that exchanges show which were made to find it. */
  public static ProblemCase seen(Problem problem, Facts facts) {
    return new ProblemCase(problem, facts, Evidence.EXCHANGE, "");
  }

  /** A problem that a message of a browser names. */
  public static ProblemCase told(Problem problem, Facts facts) {
    return new ProblemCase(problem, facts, Evidence.MESSAGE, "");
  }

  /** This case with other facts. */
  public ProblemCase withFacts(Facts newFacts) {
    return new ProblemCase(problem, newFacts, evidence, decidingHeader);
  }

  /** Which problem it is. */
  public Problem problem() {
    return problem;
  }

  /** What is known of the case. */
  public Facts facts() {
    return facts;
  }

  /** The header of the last response that decides; empty if the status does, or nothing there. */
  public String decidingHeader() {
    return decidingHeader;
  }

  /** What the problem is in this case, in a sentence or two. */
  public String says() {
    ProblemTexts.Text text = ProblemTexts.of(problem);
    Facts told = withPhrases(text);
    List<Sentence> seen = evidence == Evidence.EXCHANGE ? text.seen() : List.of();
    Sentence sentence =
        Stream.concat(seen.stream(), text.says().stream())
            .filter(each -> each.isToldBy(told))
            .findFirst()
            .orElse(text.says().get(text.says().size() - 1));
    String says = sentence.of(told, ProblemTexts.standIns());
    Optional<ProblemTexts.Status> status = status();
    if (status.isPresent()) {
      says = says + " " + status.get().says();
    }
    return isMessageOfNullOrigin() ? says + " " + ProblemTexts.nullOrigin() : says;
  }

  /** What to change in this case, in a sentence or two that hold for any server. */
  public String fix() {
    Optional<String> special =
        facts
            .get(Fact.REASON)
            .map(ProblemTexts.of(problem).fixes()::get)
            .map(fix -> fix.of(facts, ProblemTexts.standIns()));
    return special.orElseGet(
        () -> status().map(each -> each.fix() + " ").orElse("") + problem.fix());
  }

  /** What the status says, where it is the news. */
  private Optional<ProblemTexts.Status> status() {
    boolean news =
        switch (problem) {
          case ERROR_WITHOUT_HEADERS, PREFLIGHT_STATUS, PREFLIGHT_SERVER_ERROR, HTTP_ERROR -> true;
          default -> false;
        };
    return news
        ? facts.status().filter(code -> !isOfMissingBody(code)).flatMap(ProblemTexts::ofStatus)
        : Optional.empty();
  }

  /** Whether a status speaks of the body, which a preflight does not have. */
  private boolean isOfMissingBody(String code) {
    return problem == Problem.PREFLIGHT_STATUS && OF_BODIES.contains(code);
  }

  /** No server should allow {@code null}, so that the usual fix is none. */
  private boolean isMessageOfNullOrigin() {
    return evidence == Evidence.MESSAGE
        && problem.kind() == Problem.Kind.CORS
        && facts.origin().filter("null"::equals).isPresent();
  }

  /** The facts, with words for the reason and for the difference between two origins. */
  private Facts withPhrases(ProblemTexts.Text text) {
    Facts told = facts;
    Optional<String> reason = facts.get(Fact.REASON);
    if (reason.isPresent()) {
      Sentence words = text.reasons().get(reason.get());
      told =
          words == null
              ? told.without(Fact.REASON)
              : told.with(Fact.REASON, words.phrase(facts, ProblemTexts.standIns()));
    }
    Optional<String> allowed = facts.value();
    Optional<String> origin = facts.origin();
    if (allowed.isEmpty()) {
      return told;
    }
    return told.with(
        Fact.DIFFERENCE,
        origin.isPresent()
            ? OriginDifference.between(allowed.get(), origin.get(), facts.url().orElse(""))
            : OriginDifference.ofAllowed(allowed.get()));
  }

  /** The fix on a stack; empty if the fix does not depend on the server. */
  public Optional<Remedy> remedy(Stack stack) {
    return Remedies.of(problem, stack, facts);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProblemCase that
        && problem == that.problem
        && evidence == that.evidence
        && facts.equals(that.facts)
        && decidingHeader.equals(that.decidingHeader);
  }

  @Override
  public int hashCode() {
    return Objects.hash(problem, evidence, facts, decidingHeader);
  }

  @Override
  public String toString() {
    return problem.id() + ": " + says();
  }
}
