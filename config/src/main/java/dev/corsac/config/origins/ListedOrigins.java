package dev.corsac.config.origins;

import dev.corsac.AllowedOrigins;
import dev.corsac.OriginSource;
import dev.corsac.OriginTerms;
import dev.corsac.finding.Finding;
import dev.corsac.finding.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a place says at one moment, one by one: what {@link DeclaredOrigins} are connected to when
 * two configurations are compared. Immutable and thread-safe.
 */
public final class ListedOrigins implements OriginSource {
  private final AllowedOrigins allowed;
  private final List<String> entries;

  private ListedOrigins(Builder builder) {
    this.allowed = builder.allowed.build();
    this.entries = Collections.unmodifiableList(new ArrayList<>(builder.entries));
  }

  /**
   * Starts without any.
   *
   * @param terms what the policy demands of each
   */
  public static Builder builder(OriginTerms terms) {
    return new Builder(terms);
  }

  /** The origins and patterns that are allowed, in their order. */
  public List<String> entries() {
    return entries;
  }

  @Override
  public boolean allows(String origin) {
    return allowed.allows(origin);
  }

  @Override
  public String toString() {
    return entries.size() + " origins";
  }

  /** Collects origins; not thread-safe. */
  public static final class Builder {
    private final AllowedOrigins.Builder allowed;
    private final List<String> entries = new ArrayList<>();

    private Builder(OriginTerms terms) {
      this.allowed = AllowedOrigins.builder(terms, 0);
    }

    /**
     * Adds an origin or pattern.
     *
     * @return why it is left out, as a gateway would leave it out; empty if it is taken
     */
    public Optional<Finding> add(String entry) {
      Optional<Finding> refusal =
          allowed.add(entry).stream()
              .filter(finding -> finding.severity() == Severity.ERROR)
              .findFirst();
      if (refusal.isEmpty()) {
        entries.add(entry);
      }
      return refusal;
    }

    /** What was added. */
    public ListedOrigins build() {
      return new ListedOrigins(this);
    }
  }
}
