package dev.corsac.doctor;

import dev.corsac.browser.Engine;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import dev.corsac.doctor.problem.Remedy;
import dev.corsac.doctor.problem.Stack;
import dev.corsac.doctor.problem.StackGuess;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
      List<ProblemCase> remarks) {
    this.engine = engine;
    this.page = page;
    this.request = request;
    this.verdict = verdict;
    this.cause = cause == null ? null : cause.withFacts(cause.facts().orElse(asked(page, request)));
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

  /** The {@link #cause} in a sentence; empty if there is none. */
  public String says() {
    return cause().map(ProblemCase::says).orElse("");
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
    return outcome == null ? List.of() : outcome.transcript();
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
    return StackGuess.of(
        exchanges().stream().map(Exchange::response).filter(Objects::nonNull).toList());
  }

  /** The fix for the {@link #cause} on a stack; empty if it does not depend on the server. */
  public Optional<Remedy> remedy(Stack stack) {
    return cause().flatMap(each -> each.remedy(stack));
  }

  /** What the page asked for, which a fix names. */
  private static Facts asked(Page page, PageRequest request) {
    return Facts.of(Fact.ORIGIN, page.origin())
        .with(Fact.METHOD, request.method())
        .with(
            Fact.PATH,
            request.url().replaceFirst("[?#].*", "").replaceFirst("^[a-z]+://[^/]*", ""));
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
