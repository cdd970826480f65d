package dev.corsac.gateway.route;

import dev.corsac.Cors;
import dev.corsac.config.RouteOptions;
import dev.corsac.gateway.guard.Guards;
import dev.corsac.gateway.site.Site;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the requests of some paths.
 *
 * @param upstream where they go; null for nowhere
 * @param ambiguous true for the paths that servers could read as belonging to another route
 * @param site the folder that is served instead of an upstream
 */
public record Route(
    @Nullable Upstream upstream,
    Cors cors,
    boolean ambiguous,
    RouteOptions options,
    Guards guards,
    @Nullable Site site) {}
