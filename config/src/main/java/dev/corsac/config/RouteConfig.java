package dev.corsac.config;

import dev.corsac.CorsPolicy;
import java.net.URI;
import java.util.Optional;

/**
 * What happens to the requests of some paths, with what the route inherits filled in.
 *
 * @param path a pattern as {@link dev.corsac.PathRoutes} takes it, such as {@code /public/**}
 * @param upstream where they go: the route's own upstream, or the file's
 * @param cors their policy: the route's own, or the file's; empty for none ({@code cors: off})
 */
public record RouteConfig(String path, Optional<URI> upstream, Optional<CorsPolicy> cors) {}
