package dev.corsac.browser;

import dev.corsac.browser.url.Ascii;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A header list: header lines in the order in which they were written, repeated names included.
 *
 * <p>Names are compared without case. Immutable and thread-safe.
 * https://fetch.spec.whatwg.org/#concept-header-list.
 */
public final class Headers implements Iterable<Header> {
  private static final Headers EMPTY = new Headers(List.of());

  private final List<Header> lines;

  private Headers(List<Header> lines) {
    this.lines = lines;
  }

  /** No headers. */
  public static Headers of() {
    return EMPTY;
  }

  /** These header lines. */
  public static Headers of(List<Header> lines) {
    return new Headers(List.copyOf(lines));
  }

  /** Header lines from names and values in turn: {@code of("Vary", "Origin", "ETag", "x")}. */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "Headers.of takes names and values in turn, but got an odd number of strings: the last, '"
              + namesAndValues[namesAndValues.length - 1]
              + "', has no value. Add it.");
    }
    List<Header> lines = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      lines.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(List.copyOf(lines));
  }

  /** This list with one more line at the end. */
  public Headers with(String name, String value) {
    List<Header> more = new ArrayList<>(lines);
    more.add(new Header(name, value));
    return new Headers(List.copyOf(more));
  }

  /** This list without the lines of that name. */
  public Headers without(String name) {
    return of(lines.stream().filter(line -> !line.name().equalsIgnoreCase(name)).toList());
  }

  /** Whether there is a line of that name. */
  public boolean contains(String name) {
    return lines.stream().anyMatch(line -> line.name().equalsIgnoreCase(name));
  }

  /**
   * The values of all lines of that name joined by ", ", or null if there is none
   * (https://fetch.spec.whatwg.org/#concept-header-list-get).
   */
  public @Nullable String get(String name) {
    StringBuilder joined = null;
    for (Header line : lines) {
      if (line.name().equalsIgnoreCase(name)) {
        joined = joined == null ? new StringBuilder() : joined.append(", ");
        joined.append(line.value());
      }
    }
    return joined == null ? null : joined.toString();
  }

  /** The values of the lines of that name, one by one. */
  public List<String> values(String name) {
    return lines.stream()
        .filter(line -> line.name().equalsIgnoreCase(name))
        .map(Header::value)
        .toList();
  }

  /**
   * The elements of a list header: the parts of its lines between commas, without the spaces and
   * tabs around them; empty ones are left out (RFC 9110, 5.6.1).
   */
  public List<String> list(String name) {
    return values(name).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(element -> Ascii.strip(element, " \t"))
        .filter(element -> !element.isEmpty())
        .toList();
  }

  /** Whether a list header has this element, in any case. */
  public boolean lists(String name, String element) {
    return list(name).stream().anyMatch(element::equalsIgnoreCase);
  }

  /**
   * Whether {@code Vary} says that the response depends on this request header: it names the
   * header, or has a {@code *} (RFC 9110, 12.5.5).
   */
  public boolean variesBy(String requestHeader) {
    return lists("Vary", requestHeader) || lists("Vary", "*");
  }

  /** The lines. */
  public List<Header> lines() {
    return lines;
  }

  /** Whether there are no lines. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /**
   * What iterating over a JavaScript {@code Headers} gives: lower-case names, sorted, each with its
   * joined values (https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine).
   */
  public Map<String, String> sortedAndCombined() {
    Map<String, String> combined = new TreeMap<>();
    for (Header line : lines) {
      combined.merge(
          line.name().toLowerCase(Locale.ROOT), line.value(), (first, more) -> first + ", " + more);
    }
    return combined;
  }

  @Override
  public Iterator<Header> iterator() {
    return lines.iterator();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Headers headers && lines.equals(headers.lines);
  }

  @Override
  public int hashCode() {
    return lines.hashCode();
  }

  @Override
  public String toString() {
    return lines.toString();
  }
}
