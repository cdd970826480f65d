package dev.corsac.config;

import dev.corsac.CorsPolicy;
import dev.corsac.OriginSource;
import dev.corsac.OriginTerms;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A place that a policy of a file takes origins from, as a source of that policy: it allows nothing
 * until what reads the place is connected to it.
 *
 * <p>Reading a configuration opens no file, no database and no connection; whoever serves the
 * configuration connects what {@link #of(CorsacConfig)} names. Thread-safe.
 */
public final class DeclaredOrigins implements OriginSource {
  private final OriginTerms terms;
  private volatile OriginsFrom from;
  private volatile OriginSource connected = origin -> false;

  DeclaredOrigins(OriginsFrom from, OriginTerms terms) {
    this.from = from;
    this.terms = terms;
  }

  /** Those of all policies of a configuration, in the order of the file, each once. */
  public static List<DeclaredOrigins> of(CorsacConfig config) {
    return of(
        Stream.concat(config.routes().stream().map(RouteConfig::cors), Stream.of(config.cors())));
  }

  static List<DeclaredOrigins> of(Stream<Optional<CorsPolicy>> policies) {
    return policies
        .flatMap(Optional::stream)
        .flatMap(policy -> policy.originSources().stream())
        .filter(DeclaredOrigins.class::isInstance)
        .map(DeclaredOrigins.class::cast)
        .distinct()
        .toList();
  }

  /** Takes the value of a variable from an environment. */
  void fill(Map<String, String> environment) {
    if (from instanceof OriginsFrom.Environment variable) {
      String name = variable.variable();
      from = new OriginsFrom.Environment(name, environment.getOrDefault(name, ""));
    }
  }

  void locate(Path folder) {
    from = from.in(folder);
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

  @Override
  public boolean allows(String origin) {
    return connected.allows(origin);
  }

  @Override
  public String toString() {
    return from.toString();
  }
}
