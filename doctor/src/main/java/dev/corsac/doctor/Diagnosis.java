package dev.corsac.doctor;

import dev.corsac.browser.Engine;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the doctor found: the verdict, the one problem behind it, and what there is to see.
 *
 * <p>Texts may hold what the server sent, as it sent it: make control characters visible before you
 * print them. Immutable and thread-safe.
 */
public final class Diagnosis {
  private final Engine engine;
  private final Page page;
  private final PageRequest request;
  private final Verdict verdict;
  private final @Nullable Note note;
  private final @Nullable Outcome outcome;
  private final @Nullable Mark mark;
  private final Map<Engine, Reading> readings;
  private final List<Note> notes;

  /** What another engine makes of the same exchanges, and what its console says first. */
  record Reading(boolean readable, @Nullable String line) {}

  Diagnosis(
      Engine engine,
      Page page,
      PageRequest request,
      Verdict verdict,
      @Nullable Note note,
      @Nullable Outcome outcome,
      @Nullable Mark mark,
      Map<Engine, Reading> readings,
      List<Note> notes) {
    this.engine = engine;
    this.page = page;
    this.request = request;
    this.verdict = verdict;
    this.note = note;
    this.outcome = outcome;
    this.mark = mark;
    this.readings = Map.copyOf(readings);
    this.notes = List.copyOf(notes);
  }

  /** What comes of the request. */
  public Verdict verdict() {
    return verdict;
  }

  /**
   * What keeps the answer from the page, or, where the page reads it, what will look as if
   * something did: an error of the application, a cookie that gets lost. Empty if all is well.
   */
  public Optional<Problem> problem() {
    return Optional.ofNullable(note).map(Note::problem);
  }

  /** The problem in this case, in a sentence; empty if there is none. */
  public String says() {
    return note == null ? "" : note.says();
  }

  /** What else there is to say: what costs, and what another time will fail. */
  public List<Note> notes() {
    return notes;
  }

  /** The browser whose verdict this is. */
  public Engine engine() {
    return engine;
  }

  /** Who asked. */
  public Page page() {
    return page;
  }

  /** What was asked for. */
  public PageRequest request() {
    return request;
  }

  /**
   * Chromium's name for it, {@code Network.CorsErrorStatus}; empty if Chromium sees no CORS error.
   */
  public Optional<String> chromiumError() {
    return outcome instanceof Outcome.Blocked blocked
        ? Optional.ofNullable(blocked.block().cause().chromiumError())
        : Optional.empty();
  }

  /** The first line of that browser's console, or empty if it prints none about CORS. */
  public Optional<String> consoleLine(Engine browser) {
    Reading reading = readings.get(browser);
    return reading == null ? Optional.empty() : Optional.ofNullable(reading.line());
  }

  /** Whether a page in that browser can read the answer. */
  public boolean isReadableIn(Engine browser) {
    Reading reading = readings.get(browser);
    return reading != null && reading.readable();
  }

  /** Every request and answer, in order; none if the page may not even ask. */
  public List<Exchange> exchanges() {
    return outcome == null ? List.of() : outcome.transcript();
  }

  /** The place in the exchanges that decides; empty if none of them does. */
  public Optional<Mark> mark() {
    return Optional.ofNullable(mark);
  }

  /** The commands that send the same requests from a shell. */
  public List<String> curl() {
    return Curl.of(exchanges());
  }

  /** The stack that wrote the answers, as far as they give it away. */
  public Optional<StackGuess> stack() {
    return StackGuess.of(
        exchanges().stream().map(Exchange::response).filter(Objects::nonNull).toList());
  }

  /** How to do away with the problem on a stack; empty if that is no matter of the stack. */
  public Optional<Remedy> remedy(Stack stack) {
    return problem().flatMap(problem -> Remedies.of(problem, stack, values()));
  }

  private Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    values.put("origin", page.origin());
    values.put("method", request.method());
    values.put(
        "path", request.url().replaceFirst("[?#].*", "").replaceFirst("^[a-z]+://[^/]*", ""));
    if (outcome instanceof Outcome.Blocked blocked && !blocked.block().refusedHeaders().isEmpty()) {
      values.put("header", blocked.block().refusedHeaders().get(0));
    }
    return values;
  }

  /** What the browser's model says, in full; empty if the page may not even ask. */
  public Optional<Outcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  @Override
  public String toString() {
    return verdict.id() + (note == null ? "" : ": " + note.problem().id() + ": " + note.says());
  }
}
