package dev.corsac.gateway.route;

import dev.corsac.Cors;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the requests of some paths.
 *
 * @param upstream where they go; null for nowhere
 * @param ambiguous true for the paths that servers could read as belonging to another route
 */
public record Route(@Nullable Upstream upstream, Cors cors, boolean ambiguous) {}
