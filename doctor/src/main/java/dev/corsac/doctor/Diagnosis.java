package dev.corsac.doctor;

import dev.corsac.browser.Engine;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.WireResponse;
import dev.corsac.doctor.problem.Evidence;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import dev.corsac.doctor.problem.Remedy;
import dev.corsac.doctor.problem.Stack;
import dev.corsac.doctor.problem.StackGuess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the doctor found: the verdict, the one problem behind it, and the exchanges that show it.
 *
 * <p>Texts may hold what the server sent, as it sent it: make control characters visible before you
 * print them. Immutable and thread-safe.
 */
public final class Diagnosis {
  private final Engine engine;
  private final Page page;
  private final PageRequest request;
  private final Verdict verdict;
  private final @Nullable ProblemCase cause;
  private final @Nullable Outcome outcome;
  private final @Nullable DecidingHeader deciding;
  private final Map<Engine, InEngine> engines;
  private final List<ProblemCase> remarks;
  private final List<Evidence> evidence;
  private final List<Exchange> exchanges;
  private final List<WireResponse> responses;

  /** What an engine makes of the exchanges, and the first line of its console. */
  record InEngine(boolean readable, @Nullable String line) {}

  Diagnosis(
      Engine engine,
      Page page,
      PageRequest request,
      Verdict verdict,
      @Nullable ProblemCase cause,
      @Nullable Outcome outcome,
      @Nullable DecidingHeader deciding,
      Map<Engine, InEngine> engines,
      List<ProblemCase> remarks,
      Clues clues) {
    this.engine = engine;
    this.page = page;
    this.request = request;
    this.verdict = verdict;
    this.cause = cause == null ? null : cause.withFacts(cause.facts().orElse(clues.asked()));
    this.evidence = this.cause == null ? List.of() : clues.to(this.cause);
    this.exchanges = clues.exchanges();
    this.responses = clues.responses();
    this.outcome = outcome;
    this.deciding = deciding;
    this.engines = Map.copyOf(engines);
    this.remarks = List.copyOf(remarks);
  }

  /** Whether the page can read the response. */
  public Verdict verdict() {
    return verdict;
  }

  /**
   * What keeps the response from the page, or, where the page reads it, what will look as if
   * something did: an error of the application, a cookie that gets lost. Empty if all is well.
   */
  public Optional<ProblemCase> cause() {
    return Optional.ofNullable(cause);
  }

  /** The problem of the {@link #cause}. */
  public Optional<Problem> problem() {
    return cause().map(ProblemCase::problem);
  }

  /**
   * What the responses give away beside the CORS protocol, the most telling first; empty if nothing
   * does.
   */
  public List<Evidence> evidence() {
    return evidence;
  }

  /**
   * Whether what keeps the response from the page is something that no CORS set-up of the server
   * changes.
   */
  public boolean isElsewhere() {
    return !evidence.isEmpty() && evidence.get(0).isElsewhere();
  }

  /** The {@link #evidence} and the {@link #cause} in sentences; empty if there is neither. */
  public String says() {
    List<String> sentences = new ArrayList<>();
    if (isElsewhere()) {
      sentences.add("This is no matter of CORS headers.");
    }
    evidence.forEach(each -> sentences.add(each.says()));
    cause().ifPresent(each -> sentences.add(each.says()));
    return String.join(" ", sentences);
  }

  /** What to change; empty if there is no {@link #cause}. */
  public String fix() {
    Stream<String> own =
        evidence.stream().allMatch(Evidence::isAddition)
            ? cause().map(ProblemCase::fix).stream()
            : Stream.of();
    return Stream.concat(evidence.stream().map(Evidence::fix), own)
        .distinct()
        .collect(Collectors.joining(" "));
  }

  /** What else there is to know: what costs, and what another time will fail. */
  public List<ProblemCase> remarks() {
    return remarks;
  }

  /** The browser whose verdict this is. */
  public Engine engine() {
    return engine;
  }

  /** The page that asked. */
  public Page page() {
    return page;
  }

  /** The request of the page. */
  public PageRequest request() {
    return request;
  }

  /**
   * Chromium's name for it, {@code Network.CorsErrorStatus}; empty if Chromium sees no CORS error.
   */
  public Optional<String> chromiumError() {
    return outcome instanceof Outcome.Blocked blocked
        ? Optional.ofNullable(blocked.error().cause().chromiumError())
        : Optional.empty();
  }

  /** The first line of that browser's console, or empty if it prints none about CORS. */
  public Optional<String> consoleLine(Engine browser) {
    InEngine engine = engines.get(browser);
    return engine == null ? Optional.empty() : Optional.ofNullable(engine.line());
  }

  /** Whether a page in that browser can read the response. */
  public boolean isReadableIn(Engine browser) {
    InEngine engine = engines.get(browser);
    return engine != null && engine.readable();
  }

  /**
   * Every request and its response, in order; none if the page's own policy forbids the request.
   */
  public List<Exchange> exchanges() {
    return exchanges;
  }

  /** What in the exchanges decides; empty if none of them does. */
  public Optional<DecidingHeader> decidingHeader() {
    return Optional.ofNullable(deciding);
  }

  /** The commands that send the same requests from a shell. */
  public List<String> curl() {
    return Curl.of(exchanges());
  }

  /** The stack that wrote the responses, as far as they give it away. */
  public Optional<StackGuess> stack() {
    return StackGuess.of(responses);
  }

  /**
   * The code that lets the whole request of the page pass on a stack, whatever the {@link #cause}
   * is; empty if the server has no part in it.
   */
  public Optional<Remedy> remedy(Stack stack) {
    return cause().flatMap(each -> each.remedy(stack));
  }

  /** The outcome in the browser's model; empty if the page's own policy forbids the request. */
  public Optional<Outcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  @Override
  public String toString() {
    return verdict.id() + cause().map(each -> ": " + each).orElse("");
  }
}
