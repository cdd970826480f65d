package dev.corsac.config.origins;

import dev.corsac.CorsPolicy;
import dev.corsac.OriginSource;
import dev.corsac.OriginTerms;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A place that a policy of a file takes origins from, as a source of that policy: it allows nothing
 * until what reads the place is connected to it.
 *
 * <p>Reading a configuration opens no file, no database and no connection; whoever serves the
 * configuration connects what its policies name. Thread-safe.
 */
public final class DeclaredOrigins implements OriginSource {
  private final OriginsFrom from;
  private final OriginTerms terms;
  private volatile OriginSource connected = origin -> false;

  /**
   * Names a place.
   *
   * @param terms what the policy demands of each origin
   */
  public DeclaredOrigins(OriginsFrom from, OriginTerms terms) {
    this.from = Objects.requireNonNull(from, "from");
    this.terms = Objects.requireNonNull(terms, "terms");
  }

  /** Those of some policies in their order, each once. */
  public static List<DeclaredOrigins> of(Stream<CorsPolicy> policies) {
    return policies
        .flatMap(policy -> policy.originSources().stream())
        .filter(DeclaredOrigins.class::isInstance)
        .map(DeclaredOrigins.class::cast)
        .distinct()
        .toList();
  }

  /** The place. */
  public OriginsFrom from() {
    return from;
  }

  /** What the policy demands of each origin. */
  public OriginTerms terms() {
    return terms;
  }

  /** From now on allows what a source allows. */
  public void connect(OriginSource source) {
    connected = Objects.requireNonNull(source, "source");
  }

  /** Those that it is connected to; empty if they are not known one by one. */
  public Optional<ListedOrigins> listed() {
    return connected instanceof ListedOrigins listed ? Optional.of(listed) : Optional.empty();
  }

  @Override
  public boolean allows(String origin) {
    return connected.allows(origin);
  }

  @Override
  public String toString() {
    return from.toString();
  }
}
