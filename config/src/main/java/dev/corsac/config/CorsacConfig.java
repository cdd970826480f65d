package dev.corsac.config;

import dev.corsac.CorsPolicy;
import dev.corsac.Hosts;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code corsac.yaml} says, once it has no error: immutable, with profile, environment and
 * defaults filled in.
 *
 * @param listen the public address; {@code 127.0.0.1:8000} if the file says nothing
 * @param admin the address for health and metrics, if any
 * @param upstream where requests go that no route takes, if anywhere
 * @param cors the policy of requests that no route takes; empty for none
 * @param routes in order; the first that matches a path takes it
 * @param timeouts how long to wait
 * @param maxBody the most bytes that a request's body may have, {@link Long#MAX_VALUE} for any
 *     number; 10 MB if the file says nothing
 * @param limits how many connections to keep
 * @param hosts the names that the server answers to; empty for any
 */
public record CorsacConfig(
    HostPort listen,
    Optional<HostPort> admin,
    Optional<URI> upstream,
    Optional<CorsPolicy> cors,
    List<RouteConfig> routes,
    Timeouts timeouts,
    long maxBody,
    Limits limits,
    Optional<Hosts> hosts) {

  /** Copies the list. */
  public CorsacConfig {
    routes = List.copyOf(routes);
  }

  /** With the limits of a file that says nothing of them, and any host. */
  public CorsacConfig(
      HostPort listen,
      Optional<HostPort> admin,
      Optional<URI> upstream,
      Optional<CorsPolicy> cors,
      List<RouteConfig> routes,
      Timeouts timeouts,
      long maxBody) {
    this(
        listen, admin, upstream, cors, routes, timeouts, maxBody, Limits.DEFAULT, Optional.empty());
  }
}
