package dev.corsac.gateway.route;

import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.Hosts;
import dev.corsac.Shadow;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.Limits;
import dev.corsac.config.RouteConfig;
import dev.corsac.config.RouteOptions;
import dev.corsac.config.Timeouts;
import dev.corsac.config.access.GuardsConfig;
import dev.corsac.gateway.guard.Guards;
import dev.corsac.gateway.http.Authority;
import dev.corsac.gateway.http.TrustedProxies;
import dev.corsac.gateway.site.Site;
import dev.corsac.gateway.tls.FromFiles;
import dev.corsac.gateway.watch.EventLog;
import dev.corsac.gateway.watch.Meters;
import dev.corsac.gateway.watch.RouteMeters;
import io.vertx.core.net.ClientSSLOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configuration made ready to serve: immutable, so that a reload is one write of one reference
 * and a request sees one configuration from its first byte to its last.
 */
public final class ServingConfig {
  /** What the requests are called that no route takes. */
  public static final String REST = "default";

  /** The label of routes that are too many to have one each. */
  private static final String MORE = "more";

  private static final int MOST_LABELS = 100;
  private static final int LONGEST_LABEL = 100;

  private final HostRoutes routes;
  private final Timeouts timeouts;
  private final Limits limits;
  private final TrustedProxies proxies;
  private final @Nullable Hosts hosts;
  private final Map<String, Shadow> shadows;
  private final CorsacConfig config;

  private ServingConfig(
      List<HostRoutes.Entry> routes,
      Route rest,
      CorsacConfig config,
      RouteMeters none,
      Map<String, Shadow> shadows) {
    this.config = config;
    this.shadows = Collections.unmodifiableMap(new LinkedHashMap<>(shadows));
    Route ambiguous =
        new Route(
            "ambiguous",
            null,
            Cors.off(),
            Cors.off(),
            true,
            config.options(),
            Guards.none(),
            null,
            none);
    this.routes = new HostRoutes(routes, rest, ambiguous);
    this.timeouts = config.timeouts();
    this.limits = config.limits();
    this.proxies = new TrustedProxies(config.trustedProxies());
    this.hosts = config.hosts().orElse(null);
  }

  /**
   * A configuration with what it uses.
   *
   * @throws java.io.UncheckedIOException if something that it names cannot be used; nothing has
   *     changed then
   */
  public static ServingConfig of(CorsacConfig config, Resources resources) {
    try {
      Maker maker = new Maker(resources);
      // Before the routes, so that the file's candidate has the name of no route that inherits it.
      Cors cors = maker.cors(REST, config.cors(), config.shadow());
      List<HostRoutes.Entry> routes = new ArrayList<>();
      for (RouteConfig route : config.routes()) {
        RouteOptions options = route.options().orElse(config.options());
        Route made =
            maker.route(
                name(route),
                route.upstream(),
                route.cors(),
                maker.cors(name(route), route.cors(), route.shadow()),
                options,
                options.site().map(site -> Site.of(site, route.path())).orElse(null),
                resources.meters(routes.size() < MOST_LABELS ? label(route) : MORE));
        routes.add(new HostRoutes.Entry(route.host().orElse(""), route.path(), made));
      }
      Route rest =
          maker.route(
              REST,
              config.upstream(),
              config.cors(),
              cors,
              config.options(),
              null,
              resources.meters(REST));
      ServingConfig serving =
          new ServingConfig(routes, rest, config, resources.meters(Meters.NO_ROUTE), maker.shadows);
      resources.use();
      return serving;
    } catch (RuntimeException e) {
      resources.discard();
      throw e;
    }
  }

  /** Everything to one upstream, under whatever decides. */
  public static ServingConfig of(CorsacConfig config, Upstream upstream, Cors cors) {
    Route all =
        new Route(
            REST,
            upstream,
            cors,
            cors,
            false,
            config.options(),
            Guards.none(),
            null,
            RouteMeters.unseen(REST));
    return new ServingConfig(List.of(), all, config, RouteMeters.unseen(Meters.NO_ROUTE), Map.of());
  }

  private static String label(RouteConfig route) {
    String label = name(route);
    return label.length() > LONGEST_LABEL ? label.substring(0, LONGEST_LABEL) + "…" : label;
  }

  /**
   * Makes routes. Guards are compared by identity, so two routes are one, and a path that could be
   * either's is not ambiguous, only if they share them.
   */
  private static final class Maker {
    private final Resources resources;
    private final Map<GuardsConfig, Guards> guards = new HashMap<>();
    private final Map<List<Cors>, Cors> observed = new HashMap<>();
    private final Map<String, Shadow> shadows = new LinkedHashMap<>();

    private Maker(Resources resources) {
      this.resources = resources;
    }

    private Route route(
        String name,
        Optional<URI> upstream,
        Optional<CorsPolicy> policy,
        Cors cors,
        RouteOptions options,
        @Nullable Site site,
        RouteMeters meters) {
      FromFiles<ClientSSLOptions> tls =
          options.upstreamTls().map(each -> resources.tls(each, options.http2())).orElse(null);
      return new Route(
          name,
          upstream.map(uri -> Upstream.of(uri, options.http2(), tls)).orElse(null),
          cors,
          policy.<Cors>map(each -> each).orElse(Cors.off()),
          false,
          options,
          guards(options.guards()),
          site,
          meters);
    }

    /** What decides for a route: the same for all that have the same policy and candidate. */
    private Cors cors(String route, Optional<CorsPolicy> policy, Optional<CorsPolicy> candidate) {
      Cors cors = policy.<Cors>map(each -> each).orElse(Cors.off());
      if (candidate.isEmpty()) {
        return cors;
      }
      return observed.computeIfAbsent(
          List.of(cors, candidate.get()),
          both -> {
            Shadow shadow = new Shadow(candidate.get(), EventLog::shadow);
            shadows.putIfAbsent(route, shadow);
            return cors.observedBy(shadow);
          });
    }

    private Guards guards(GuardsConfig config) {
      return guards.computeIfAbsent(
          config,
          each -> Guards.of(each, each.jwt().map(jwt -> resources.keys(jwt.jwks())).orElse(null)));
    }
  }

  /** Whether the server answers to a name; an HTTP/1.0 request may have none. */
  public boolean answersTo(@Nullable Authority authority) {
    return hosts == null || (authority != null && hosts.contains(authority.toString()));
  }

  /** Where a request leads. */
  public Route route(@Nullable Authority asked, String path) {
    return routes.find(asked, path);
  }

  public Timeouts timeouts() {
    return timeouts;
  }

  /**
   * The candidates that are asked as well, each by the first route that it is for, the file's own
   * by {@value #REST}; a route with a host has that before its path.
   */
  public Map<String, Shadow> shadows() {
    return shadows;
  }

  /** What it was made of. */
  public CorsacConfig config() {
    return config;
  }

  private static String name(RouteConfig route) {
    return route.host().orElse("") + route.path();
  }

  /** Whose word counts for who asks. */
  public TrustedProxies proxies() {
    return proxies;
  }

  public Limits limits() {
    return limits;
  }
}
