package dev.corsac.gateway.route;

import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.Hosts;
import dev.corsac.PathRoutes;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.Limits;
import dev.corsac.config.RouteConfig;
import dev.corsac.config.Timeouts;
import dev.corsac.gateway.http.Authority;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configuration made ready to serve: immutable, so that a reload is one write of one reference
 * and a request sees one configuration from its first byte to its last.
 */
public final class ServingConfig {
  private static final Route AMBIGUOUS = new Route(null, Cors.off(), true);

  private final PathRoutes<Route> routes;
  private final Timeouts timeouts;
  private final long maxBody;
  private final Limits limits;
  private final @Nullable Hosts hosts;

  private ServingConfig(PathRoutes<Route> routes, CorsacConfig config) {
    this.routes = routes;
    this.timeouts = config.timeouts();
    this.maxBody = config.maxBody();
    this.limits = config.limits();
    this.hosts = config.hosts().orElse(null);
  }

  public static ServingConfig of(CorsacConfig config) {
    // A policy is compared by identity, so two routes are one only if they share it.
    PathRoutes.Builder<Route> routes =
        PathRoutes.builder(route(config.upstream(), config.cors()), AMBIGUOUS);
    for (RouteConfig route : config.routes()) {
      routes.add(route.path(), route(route.upstream(), route.cors()));
    }
    return new ServingConfig(routes.build(), config);
  }

  /** Everything to one upstream, under whatever decides. */
  public static ServingConfig of(CorsacConfig config, Upstream upstream, Cors cors) {
    Route all = new Route(upstream, cors, false);
    return new ServingConfig(PathRoutes.builder(all, all).build(), config);
  }

  private static Route route(Optional<URI> upstream, Optional<CorsPolicy> policy) {
    return new Route(
        upstream.map(Upstream::of).orElse(null),
        policy.<Cors>map(cors -> cors).orElse(Cors.off()),
        false);
  }

  /** Whether the server answers to a name; an HTTP/1.0 request may have none. */
  public boolean answersTo(@Nullable Authority authority) {
    return hosts == null || (authority != null && hosts.contains(authority.toString()));
  }

  /** Where a path leads. */
  public Route route(String path) {
    return routes.find(path);
  }

  public Timeouts timeouts() {
    return timeouts;
  }

  public long maxBody() {
    return maxBody;
  }

  public Limits limits() {
    return limits;
  }
}
