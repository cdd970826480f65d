package dev.corsac.doctor;

import dev.corsac.browser.Engine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a browser's message, or an exchange that it recorded, means.
 *
 * <p>Immutable and thread-safe.
 */
public final class Explanation {
  private final @Nullable Engine browser;
  private final List<Problem> problems;
  private final Map<String, String> values;
  private final String says;
  private final List<Integer> entries;

  Explanation(
      @Nullable Engine browser,
      List<Problem> problems,
      Map<String, String> values,
      String says,
      List<Integer> entries) {
    this.browser = browser;
    this.problems = List.copyOf(problems);
    this.values = Map.copyOf(values);
    this.says = says;
    this.entries = List.copyOf(entries);
  }

  /** Whose words they are; empty if several browsers, or a library, use the same. */
  public Optional<Engine> browser() {
    return Optional.ofNullable(browser);
  }

  /** What it means, or most likely means. */
  public Problem problem() {
    return problems.get(0);
  }

  /** What else it can mean, the likeliest first; none where the words leave no doubt. */
  public List<Problem> candidates() {
    return problems.subList(1, problems.size());
  }

  /** Whether a server's answer broke the CORS protocol. */
  public boolean isCors() {
    return problem().kind() == Problem.Kind.CORS;
  }

  /** What was asked for. */
  public Optional<String> url() {
    return value("url");
  }

  /** The page's origin; {@code null} is one. */
  public Optional<String> origin() {
    return value("origin");
  }

  /** The value of the header that it is about; may be empty. */
  public Optional<String> value() {
    return value("value");
  }

  /** The request's method. */
  public Optional<String> method() {
    return value("method");
  }

  /** The name of the request header that was refused. */
  public Optional<String> header() {
    return value("header");
  }

  /** The status of the answer, or what stands in its place: {@code (null)}. */
  public Optional<String> status() {
    return value("status");
  }

  /** The value of that name; the names are those of the methods above. */
  private Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** All values that it names, by the names of the methods here. */
  public Map<String, String> values() {
    return values;
  }

  /** What it says here: a sentence with these values. */
  public String says() {
    return says;
  }

  /** How to do away with it on a stack; empty if that is no matter of the stack. */
  public Optional<Remedy> remedy(Stack stack) {
    return Remedies.of(problem(), stack, values);
  }

  /** The entries of the HAR that it is about, counted from 0; none for a message. */
  public List<Integer> entries() {
    return entries;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Explanation that
        && browser == that.browser
        && problems.equals(that.problems)
        && values.equals(that.values)
        && says.equals(that.says)
        && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return Objects.hash(browser, problems, values, says, entries);
  }

  @Override
  public String toString() {
    return problem().id() + ": " + says;
  }
}
