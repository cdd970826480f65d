package dev.corsac;

import dev.corsac.finding.Finding;
import dev.corsac.text.Escaped;
import java.util.List;

/**
 * Maps paths to policies; the first pattern that matches decides. A path without a policy passes
 * untouched.
 *
 * <pre>{@code
 * Cors cors = CorsRoutes.builder()
 *     .route("/public/**", CorsPolicy.builder().allowAnyOrigin().build())
 *     .route("/internal/**", Cors.off())
 *     .route("/**", policy)
 *     .build();
 * }</pre>
 *
 * <p>A path that servers could read as belonging to another route is answered with 400 ({@link
 * Reason#PATH_AMBIGUOUS}); see {@link PathRoutes}. Immutable and thread-safe.
 */
public final class CorsRoutes implements Cors {
  private final PathRoutes<Cors> routes;

  private CorsRoutes(PathRoutes<Cors> routes) {
    this.routes = routes;
  }

  /** Starts an empty table. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Decision decide(CorsRequest request) {
    return routes.find(request.path()).decide(request);
  }

  /** Routes that an earlier one makes unreachable. */
  public List<Finding> findings() {
    return routes.findings();
  }

  /** The routes in the form of {@code corsac.yaml}; see {@link CorsPolicy#toString}. */
  @Override
  public String toString() {
    StringBuilder yaml = new StringBuilder("routes:");
    routes.forEach(
        (path, cors) ->
            yaml.append("\n  - path: ")
                .append(Escaped.literal(path))
                .append("\n    cors:")
                .append(("\n" + cors).replace("\n", "\n      ")));
    return yaml.toString();
  }

  /** Collects routes in their order; not thread-safe. */
  public static final class Builder {
    private final PathRoutes.Builder<Cors> routes =
        PathRoutes.builder(Cors.off(), request -> Ruling.PATH_AMBIGUOUS.on(null));

    Builder() {}

    /** Adds a route after those there are; patterns are those of {@link PathRoutes}. */
    public Builder route(String pattern, Cors cors) {
      routes.add(pattern, cors);
      return this;
    }

    /**
     * Builds the table.
     *
     * @throws InvalidPolicyException with every wrong pattern at once
     */
    public CorsRoutes build() {
      return new CorsRoutes(routes.build());
    }
  }
}
