package dev.corsac;

import dev.corsac.finding.Finding;
import dev.corsac.finding.Severity;
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
  private final OriginSet origins;
  private final boolean any;

  private AllowedOrigins(OriginSet origins, boolean any) {
    this.origins = origins;
    this.any = any;
  }

  /**
   * Starts an empty set.
   *
   * @param terms what is demanded of each origin
   * @param expected about how many will be added; a guess too low costs time, one too high memory
   */
  public static Builder builder(OriginTerms terms, int expected) {
    return new Builder(Objects.requireNonNull(terms, "terms"), Math.max(0, expected));
  }

  @Override
  public boolean allows(String origin) {
    return any || origins.containsExact(origin) || origins.matchesPattern(origin);
  }

  /** How many origins and patterns there are; {@code *} counts as one. */
  public int size() {
    return origins.size() + (any ? 1 : 0);
  }

  /** Such as {@code 3 origins}. */
  @Override
  public String toString() {
    return size() == 1 ? "1 origin" : size() + " origins";
  }

  /** Collects origins and leaves out what its terms refuse. Not thread-safe. */
  public static final class Builder {
    private final OriginTerms terms;
    private final OriginSet.Builder origins;
    private boolean any;

    private Builder(OriginTerms terms, int expected) {
      this.terms = terms;
      this.origins = new OriginSet.Builder(expected);
    }

    /**
     * Adds an origin or a pattern, unless the terms refuse it; one that is there already changes
     * nothing.
     *
     * @return what is wrong with it; it was left out if one of the findings is an error
     */
    public List<Finding> add(String origin) {
      List<Finding> findings = terms.check(origin);
      for (int i = 0; i < findings.size(); i++) {
        if (findings.get(i).severity() == Severity.ERROR) {
          return findings;
        }
      }
      if (origin.equals("*")) {
        any = true;
      } else {
        origins.add(origin);
      }
      return findings;
    }

    /** The set of what was added so far. */
    public AllowedOrigins build() {
      return new AllowedOrigins(origins.build(), any);
    }
  }
}
