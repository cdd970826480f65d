package dev.corsac.config;

import dev.corsac.CorsPolicy;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the requests of some paths, with what the route inherits filled in. Immutable and
 * thread-safe.
 */
public final class RouteConfig {
  private final String path;
  private final @Nullable URI upstream;
  private final @Nullable CorsPolicy cors;
  private final @Nullable CorsPolicy shadow;
  private final @Nullable String host;
  private final @Nullable RouteOptions options;

  private RouteConfig(Builder builder) {
    this.path = builder.path;
    this.upstream = builder.upstream;
    this.cors = builder.cors;
    this.shadow = builder.shadow;
    this.host = builder.host;
    this.options = builder.options;
  }

  /**
   * Starts a route that leads nowhere and has no policy.
   *
   * @param path a pattern as {@link dev.corsac.PathRoutes} takes it, such as {@code /public/**}
   */
  public static Builder builder(String path) {
    return new Builder(path);
  }

  /** A pattern as {@link dev.corsac.PathRoutes} takes it, such as {@code /public/**}. */
  public String path() {
    return path;
  }

  /** Where its requests go: the route's own upstream, or the file's. */
  public Optional<URI> upstream() {
    return Optional.ofNullable(upstream);
  }

  /** Their policy: the route's own, or the file's; empty for none ({@code cors: off}). */
  public Optional<CorsPolicy> cors() {
    return Optional.ofNullable(cors);
  }

  /**
   * A candidate for {@link #cors}, which is asked about the same requests and only counted and
   * logged: the route's own, or the file's if the route has no policy of its own; empty for none.
   */
  public Optional<CorsPolicy> shadow() {
    return Optional.ofNullable(shadow);
  }

  /**
   * The host that its requests ask, in lower case, {@code *.} before it for all below it; empty for
   * any.
   */
  public Optional<String> host() {
    return Optional.ofNullable(host);
  }

  /** How its requests are served; empty for as the file says. */
  public Optional<RouteOptions> options() {
    return Optional.ofNullable(options);
  }

  /** Collects a route; not thread-safe. */
  public static final class Builder {
    private final String path;
    private @Nullable URI upstream;
    private @Nullable CorsPolicy cors;
    private @Nullable CorsPolicy shadow;
    private @Nullable String host;
    private @Nullable RouteOptions options;

    private Builder(String path) {
      this.path = Objects.requireNonNull(path, "path");
    }

    /** See {@link RouteConfig#upstream}. */
    public Builder upstream(URI url) {
      this.upstream = Objects.requireNonNull(url, "url");
      return this;
    }

    /** See {@link RouteConfig#cors}. */
    public Builder cors(CorsPolicy policy) {
      this.cors = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** See {@link RouteConfig#shadow}. */
    public Builder shadow(CorsPolicy candidate) {
      this.shadow = Objects.requireNonNull(candidate, "candidate");
      return this;
    }

    /** See {@link RouteConfig#host}. */
    public Builder host(String name) {
      this.host = Objects.requireNonNull(name, "name");
      return this;
    }

    /** See {@link RouteConfig#options}. */
    public Builder options(RouteOptions all) {
      this.options = Objects.requireNonNull(all, "all");
      return this;
    }

    /** The route. */
    public RouteConfig build() {
      return new RouteConfig(this);
    }
  }
}
