package dev.corsac;

import dev.corsac.finding.Finding;
import dev.corsac.finding.Severity;
import dev.corsac.origin.OriginSet;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Origins and patterns that were judged one by one: an immutable {@link OriginSource} of which a
 * source that changes keeps one after the other.
 *
 * <pre>{@code
 * AllowedOrigins.Builder builder = AllowedOrigins.builder(OriginTerms.strict(), rows.size());
 * for (String row : rows) {
 *   builder.add(row).forEach(finding -> log.warn("{}", finding));   // an error: the row is left out
 * }
 * volatile AllowedOrigins current = builder.build();
 * }</pre>
 *
 * <p>A look-up allocates nothing and takes as long among a million as in a {@code HashSet}.
 * Thread-safe.
 */
public final class AllowedOrigins implements OriginSource {
  /** Of the origin {@code *}, where it is not there. */
  private static final long NONE = Long.MIN_VALUE;

  private final OriginTerms terms;
  private final OriginSet origins;
  private final long anyUntil;

  private AllowedOrigins(OriginTerms terms, OriginSet origins, long anyUntil) {
    this.terms = terms;
    this.origins = origins;
    this.anyUntil = anyUntil;
  }

  /**
   * Starts an empty set.
   *
   * @param terms what is demanded of each origin
   * @param expected about how many will be added; a guess too low costs time, one too high memory
   */
  public static Builder builder(OriginTerms terms, int expected) {
    return new Builder(
        Objects.requireNonNull(terms, "terms"), new OriginSet.Builder(Math.max(0, expected)), NONE);
  }

  /**
   * Starts from these origins; to build takes a moment even if there are a million, since nothing
   * of them is judged again.
   */
  public Builder toBuilder() {
    return new Builder(terms, origins.toBuilder(), anyUntil);
  }

  @Override
  public boolean allows(String origin) {
    return origins.containsExact(origin) || origins.matchesPattern(origin) || isAnyAllowed();
  }

  /**
   * How many origins and patterns are allowed now; {@code *} counts as one. All are looked at: it
   * takes some milliseconds among a million.
   */
  public int size() {
    return origins.current() + (isAnyAllowed() ? 1 : 0);
  }

  private boolean isAnyAllowed() {
    return anyUntil != NONE && System.currentTimeMillis() < anyUntil;
  }

  /** Such as {@code 3 origins}. */
  @Override
  public String toString() {
    int size = size();
    return size == 1 ? "1 origin" : size + " origins";
  }

  /** Collects origins and leaves out what its terms refuse. Not thread-safe. */
  public static final class Builder {
    private final OriginTerms terms;
    private final OriginSet.Builder origins;
    private long anyUntil;

    private Builder(OriginTerms terms, OriginSet.Builder origins, long anyUntil) {
      this.terms = terms;
      this.origins = origins;
      this.anyUntil = anyUntil;
    }

    /**
     * Adds an origin or a pattern, unless the terms refuse it; one that is there already changes
     * nothing.
     *
     * @return what is wrong with it; it was left out if one of the findings is an error
     */
    public List<Finding> add(String origin) {
      return add(origin, OriginSet.NEVER);
    }

    /**
     * Adds an origin or a pattern that is allowed before a time, unless the terms refuse it; one
     * that is there already keeps the later end.
     *
     * @return what is wrong with it; it was left out if one of the findings is an error
     */
    public List<Finding> add(String origin, Instant end) {
      long until;
      try {
        until = end.toEpochMilli();
      } catch (ArithmeticException e) {
        until = end.isAfter(Instant.EPOCH) ? OriginSet.NEVER : NONE + 1;
      }
      return add(origin, until);
    }

    private List<Finding> add(String origin, long until) {
      List<Finding> findings = terms.check(origin);
      for (int i = 0; i < findings.size(); i++) {
        if (findings.get(i).severity() == Severity.ERROR) {
          return findings;
        }
      }
      if (origin.equals("*")) {
        anyUntil = Math.max(anyUntil, until);
      } else {
        origins.add(origin, until);
      }
      return findings;
    }

    /** Removes an origin or a pattern, written as it was added; says whether it was there. */
    public boolean remove(String origin) {
      if (origin.equals("*")) {
        boolean there = anyUntil != NONE;
        anyUntil = NONE;
        return there;
      }
      return origin.contains("://") && origins.remove(origin);
    }

    /** The set of what was added so far. */
    public AllowedOrigins build() {
      return new AllowedOrigins(terms, origins.build(), anyUntil);
    }
  }
}
