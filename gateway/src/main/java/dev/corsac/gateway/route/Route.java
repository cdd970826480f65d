package dev.corsac.gateway.route;

import dev.corsac.Cors;
import dev.corsac.config.RouteOptions;
import dev.corsac.gateway.guard.Guards;
import dev.corsac.gateway.site.Site;
import dev.corsac.gateway.watch.RouteMeters;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the requests of some paths.
 *
 * @param name its host and path as the file has them
 * @param upstream where they go; null for nowhere
 * @param cors what decides about requests
 * @param policy decides alike, and no candidate takes note of it
 * @param ambiguous true for the paths that servers could read as belonging to another route
 * @param site the folder that is served instead of an upstream
 * @param meters where its requests are counted; routes that differ in nothing but this and their
 *     names are equal, since a path that could be either's is served alike
 */
public record Route(
    String name,
    @Nullable Upstream upstream,
    Cors cors,
    Cors policy,
    boolean ambiguous,
    RouteOptions options,
    Guards guards,
    @Nullable Site site,
    RouteMeters meters) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Route route
        && Objects.equals(upstream, route.upstream)
        && cors.equals(route.cors)
        && ambiguous == route.ambiguous
        && options.equals(route.options)
        && guards.equals(route.guards)
        && Objects.equals(site, route.site);
  }

  @Override
  public int hashCode() {
    return Objects.hash(upstream, cors, ambiguous, options, guards, site);
  }
}
