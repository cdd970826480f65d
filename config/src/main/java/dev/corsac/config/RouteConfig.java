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
 * @param host the host that they ask, in lower case, {@code *.} before it for all below it; empty
 *     for any
 * @param options how they are served; empty for as the file says
 */
public record RouteConfig(
    String path,
    Optional<URI> upstream,
    Optional<CorsPolicy> cors,
    Optional<String> host,
    Optional<RouteOptions> options) {

  /** For any host, and served as the file says. */
  public RouteConfig(String path, Optional<URI> upstream, Optional<CorsPolicy> cors) {
    this(path, upstream, cors, Optional.empty(), Optional.empty());
  }
}
