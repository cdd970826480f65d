package dev.corsac.config.diff;

import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.CorsRequest;
import dev.corsac.CorsRoutes;
import dev.corsac.Decision;
import dev.corsac.Hosts;
import dev.corsac.PathRoutes;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.RouteConfig;
import dev.corsac.config.RouteOptions;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One of two configurations: where its requests lead, and what it decides of them. */
final class Side {
  private static final Cors REFUSES_PATHS = CorsRoutes.builder().route("/**", Cors.off()).build();

  private final CorsacConfig config;
  private final Cors all;
  private final Map<List<Integer>, PathRoutes<Target>> tables = new HashMap<>();

  /**
   * What a route leads to. Two that are equal are one, so that a path is not ambiguous which could
   * be either's.
   *
   * @param site the place of a route that serves a folder, which is like no other; else -1
   * @param ambiguous whether it is what ambiguous paths lead to
   */
  record Target(
      Optional<URI> upstream,
      Optional<CorsPolicy> cors,
      RouteOptions options,
      int site,
      boolean ambiguous) {}

  Side(CorsacConfig config) {
    this.config = config;
    Cors routed = this::decideRouted;
    this.all = config.hosts().map(hosts -> hosts.guard(routed)).orElse(routed);
  }

  Effect effect(Witness witness) {
    return Effect.of(all.decide(witness));
  }

  Optional<Hosts> hosts() {
    return config.hosts();
  }

  boolean answersTo(String authority) {
    return config.hosts().map(hosts -> hosts.contains(authority)).orElse(true);
  }

  /** The hosts that routes are for, as they are written. */
  Set<String> routeHosts() {
    return config.routes().stream()
        .flatMap(route -> route.host().stream())
        .collect(Collectors.toSet());
  }

  /** The routes that count for a host, in their order. */
  List<RouteConfig> routes(String host) {
    return places(host).stream().map(config.routes()::get).toList();
  }

  Target target(String host, String path) {
    return tables.computeIfAbsent(places(host), this::table).find(path);
  }

  private List<Integer> places(String host) {
    return IntStream.range(0, config.routes().size())
        .filter(i -> config.routes().get(i).host().map(each -> fits(each, host)).orElse(true))
        .boxed()
        .toList();
  }

  static boolean fits(String pattern, String host) {
    return pattern.startsWith("*.")
        ? host.length() >= pattern.length() && host.endsWith(pattern.substring(1))
        : host.equals(pattern);
  }

  private PathRoutes<Target> table(List<Integer> places) {
    Target rest = new Target(config.upstream(), config.cors(), config.options(), -1, false);
    PathRoutes.Builder<Target> table =
        PathRoutes.builder(
            rest, new Target(Optional.empty(), Optional.empty(), config.options(), -1, true));
    for (int place : places) {
      RouteConfig route = config.routes().get(place);
      RouteOptions options = route.options().orElse(config.options());
      int site = options.site().isPresent() ? place : -1;
      table.add(route.path(), new Target(route.upstream(), route.cors(), options, site, false));
    }
    return table.build();
  }

  private Decision decideRouted(CorsRequest request) {
    Target target = target(host(request), request.path());
    Cors cors =
        target.ambiguous() ? REFUSES_PATHS : target.cors().<Cors>map(c -> c).orElse(Cors.off());
    return cors.decide(
        target.ambiguous() ? CorsRequest.of(request.method(), "", request::headers) : request);
  }

  /** The host of an authority, without its port; empty if there is none. */
  static String hostOf(String authority) {
    return authority.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
  }

  private static String host(CorsRequest request) {
    String authority = request.authority();
    return authority == null ? "" : hostOf(authority);
  }
}
