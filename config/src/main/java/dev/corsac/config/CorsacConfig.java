package dev.corsac.config;

import dev.corsac.CorsPolicy;
import dev.corsac.Hosts;
import dev.corsac.config.access.IpRange;
import dev.corsac.config.access.TlsConfig;
import dev.corsac.config.origins.DeclaredOrigins;
import dev.corsac.config.watch.WatchConfig;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code corsac.yaml} says, once it has no error, with profile, environment and defaults
 * filled in. Immutable and thread-safe.
 *
 * @see ConfigLoader#load
 */
public final class CorsacConfig {
  static final HostPort DEFAULT_LISTEN = new HostPort("127.0.0.1", 8000);
  static final long DEFAULT_MAX_BODY = 10_000_000;

  private final HostPort listen;
  private final @Nullable HostPort admin;
  private final @Nullable URI upstream;
  private final @Nullable CorsPolicy cors;
  private final @Nullable CorsPolicy shadow;
  private final List<RouteConfig> routes;
  private final Timeouts timeouts;
  private final long maxBody;
  private final Limits limits;
  private final @Nullable Hosts hosts;
  private final RouteOptions options;
  private final @Nullable TlsConfig tls;
  private final List<IpRange> trustedProxies;
  private final WatchConfig watching;

  private CorsacConfig(Builder builder) {
    this.listen = builder.listen;
    this.admin = builder.admin;
    this.upstream = builder.upstream;
    this.cors = builder.cors;
    this.shadow = builder.shadow;
    this.routes = builder.routes;
    this.timeouts = builder.timeouts;
    this.maxBody = builder.maxBody;
    this.limits = builder.limits;
    this.hosts = builder.hosts;
    RouteOptions given = builder.options;
    this.options =
        given == null ? RouteOptions.builder(builder.timeouts, builder.maxBody).build() : given;
    this.tls = builder.tls;
    this.trustedProxies = builder.trustedProxies;
    this.watching = builder.watching;
  }

  /** Starts from what a file means that says nothing. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts from this configuration. */
  public Builder toBuilder() {
    Builder builder = builder().listen(listen).routes(routes).timeouts(timeouts);
    builder.admin = admin;
    builder.upstream = upstream;
    builder.cors = cors;
    builder.shadow = shadow;
    builder.hosts = hosts;
    builder.options = options;
    builder.tls = tls;
    builder.trustedProxies = trustedProxies;
    builder.watching = watching;
    return builder.maxBody(maxBody).limits(limits);
  }

  /** The public address; {@code 127.0.0.1:8000} if the file says nothing. */
  public HostPort listen() {
    return listen;
  }

  /** The address for health and metrics, if any. */
  public Optional<HostPort> admin() {
    return Optional.ofNullable(admin);
  }

  /** Where requests go that no route takes, if anywhere. */
  public Optional<URI> upstream() {
    return Optional.ofNullable(upstream);
  }

  /** The policy of requests that no route takes; empty for none. */
  public Optional<CorsPolicy> cors() {
    return Optional.ofNullable(cors);
  }

  /**
   * A candidate for {@link #cors}, which is asked about the same requests and only counted and
   * logged; empty for none.
   */
  public Optional<CorsPolicy> shadow() {
    return Optional.ofNullable(shadow);
  }

  /** The routes in order; the first that matches a path takes it. */
  public List<RouteConfig> routes() {
    return routes;
  }

  /** How long to wait. */
  public Timeouts timeouts() {
    return timeouts;
  }

  /**
   * The most bytes that a request's body may have, {@link Long#MAX_VALUE} for any number; 10 MB if
   * the file says nothing.
   */
  public long maxBody() {
    return maxBody;
  }

  /** How many connections to keep. */
  public Limits limits() {
    return limits;
  }

  /** The names that the server answers to; empty for any. */
  public Optional<Hosts> hosts() {
    return Optional.ofNullable(hosts);
  }

  /** How requests are served that no route takes. */
  public RouteOptions options() {
    return options;
  }

  /** The files of TLS on {@code listen}; empty for cleartext. */
  public Optional<TlsConfig> tls() {
    return Optional.ofNullable(tls);
  }

  /** The peers whose word counts for who asks, by which scheme and host. */
  public List<IpRange> trustedProxies() {
    return trustedProxies;
  }

  /** How it is watched: the log, and who may see the admin address. */
  public WatchConfig watching() {
    return watching;
  }

  /** The places that its policies take origins from, each once, in the order of the routes. */
  public List<DeclaredOrigins> declaredOrigins() {
    return DeclaredOrigins.of(
        Stream.concat(
                routes.stream().flatMap(route -> Stream.of(route.cors(), route.shadow())),
                Stream.of(cors(), shadow()))
            .flatMap(Optional::stream));
  }

  /** Collects a configuration, each key of which replaces what was there; not thread-safe. */
  public static final class Builder {
    private HostPort listen = DEFAULT_LISTEN;
    private @Nullable HostPort admin;
    private @Nullable URI upstream;
    private @Nullable CorsPolicy cors;
    private @Nullable CorsPolicy shadow;
    private List<RouteConfig> routes = List.of();
    private Timeouts timeouts = Timeouts.DEFAULT;
    private long maxBody = DEFAULT_MAX_BODY;
    private Limits limits = Limits.DEFAULT;
    private @Nullable Hosts hosts;
    private @Nullable RouteOptions options;
    private @Nullable TlsConfig tls;
    private List<IpRange> trustedProxies = List.of();
    private WatchConfig watching = WatchConfig.DEFAULT;

    private Builder() {}

    /** See {@link CorsacConfig#listen}. */
    public Builder listen(HostPort address) {
      this.listen = Objects.requireNonNull(address, "address");
      return this;
    }

    /** See {@link CorsacConfig#admin}. */
    public Builder admin(HostPort address) {
      this.admin = Objects.requireNonNull(address, "address");
      return this;
    }

    /** See {@link CorsacConfig#upstream}. */
    public Builder upstream(URI url) {
      this.upstream = Objects.requireNonNull(url, "url");
      return this;
    }

    /** See {@link CorsacConfig#cors}. */
    public Builder cors(CorsPolicy policy) {
      this.cors = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** See {@link CorsacConfig#shadow}. */
    public Builder shadow(CorsPolicy candidate) {
      this.shadow = Objects.requireNonNull(candidate, "candidate");
      return this;
    }

    /** See {@link CorsacConfig#routes}. */
    public Builder routes(List<RouteConfig> all) {
      this.routes = List.copyOf(all);
      return this;
    }

    /** See {@link CorsacConfig#timeouts}. */
    public Builder timeouts(Timeouts all) {
      this.timeouts = Objects.requireNonNull(all, "all");
      this.options = options == null ? null : options.toBuilder().timeouts(all).build();
      return this;
    }

    /** See {@link CorsacConfig#maxBody}. */
    public Builder maxBody(long bytes) {
      this.maxBody = bytes;
      this.options = options == null ? null : options.toBuilder().maxBody(bytes).build();
      return this;
    }

    /** See {@link CorsacConfig#limits}. */
    public Builder limits(Limits all) {
      this.limits = Objects.requireNonNull(all, "all");
      return this;
    }

    /** See {@link CorsacConfig#hosts}. */
    public Builder hosts(Hosts names) {
      this.hosts = Objects.requireNonNull(names, "names");
      return this;
    }

    /**
     * See {@link CorsacConfig#options}. Without it requests are served with the timeouts and the
     * most bytes of a body that are given here.
     */
    public Builder options(RouteOptions all) {
      this.options = Objects.requireNonNull(all, "all");
      return this;
    }

    /** See {@link CorsacConfig#tls}. */
    public Builder tls(TlsConfig files) {
      this.tls = Objects.requireNonNull(files, "files");
      return this;
    }

    /** See {@link CorsacConfig#trustedProxies}. */
    public Builder trustedProxies(List<IpRange> all) {
      this.trustedProxies = List.copyOf(all);
      return this;
    }

    /** See {@link CorsacConfig#watching}. */
    public Builder watching(WatchConfig how) {
      this.watching = Objects.requireNonNull(how, "how");
      return this;
    }

    /** The configuration. */
    public CorsacConfig build() {
      return new CorsacConfig(this);
    }
  }
}
