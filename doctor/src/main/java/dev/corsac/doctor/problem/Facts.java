package dev.corsac.doctor.problem;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one case, which its sentence and its fix name.
 *
 * <p>A value is what a server, a page or a message said, as it said it; it may be empty. Immutable
 * and thread-safe.
 */
public final class Facts {
  private static final Facts NONE = new Facts(Map.of());

  private final Map<Fact, String> values;

  private Facts(Map<Fact, String> values) {
    this.values = values;
  }

  /** No facts. */
  public static Facts of() {
    return NONE;
  }

  /** One fact. */
  public static Facts of(Fact fact, String value) {
    return NONE.with(fact, value);
  }

  /** These facts and one more, which replaces one of its kind; null adds none. */
  public Facts with(Fact fact, @Nullable String value) {
    if (value == null) {
      return this;
    }
    EnumMap<Fact, String> more = new EnumMap<>(Fact.class);
    more.putAll(values);
    more.put(fact, value);
    return new Facts(Collections.unmodifiableMap(more));
  }

  /** These facts without one. */
  public Facts without(Fact fact) {
    EnumMap<Fact, String> fewer = new EnumMap<>(Fact.class);
    fewer.putAll(values);
    fewer.remove(fact);
    return new Facts(Collections.unmodifiableMap(fewer));
  }

  /** These facts, and those of the others whose kind is not among them. */
  public Facts orElse(Facts others) {
    Facts all = this;
    for (Map.Entry<Fact, String> other : others.values.entrySet()) {
      if (!values.containsKey(other.getKey())) {
        all = all.with(other.getKey(), other.getValue());
      }
    }
    return all;
  }

  /** The value of a fact; empty if it is not known. */
  public Optional<String> get(Fact fact) {
    return Optional.ofNullable(values.get(fact));
  }

  /** The URL that was requested, after redirects. */
  public Optional<String> url() {
    return get(Fact.URL);
  }

  /** The page's origin; {@code null} is one. */
  public Optional<String> origin() {
    return get(Fact.ORIGIN);
  }

  /** The value of the header that the problem is about; may be empty. */
  public Optional<String> value() {
    return get(Fact.VALUE);
  }

  /** The request's method. */
  public Optional<String> method() {
    return get(Fact.METHOD);
  }

  /** The names of the headers that were refused or are not exposed. */
  public Optional<String> header() {
    return get(Fact.HEADER);
  }

  /** The status of the response, or what stands in its place: {@code (null)}. */
  public Optional<String> status() {
    return get(Fact.STATUS);
  }

  /** Where a redirect leads. */
  public Optional<String> location() {
    return get(Fact.LOCATION);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Facts that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
