package dev.corsac.config;

import dev.corsac.config.access.GuardsConfig;
import dev.corsac.config.access.TlsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the requests of a route are served, with what it inherits filled in. Immutable. */
public final class RouteOptions {
  private final Timeouts timeouts;
  private final long maxBody;
  private final GuardsConfig guards;
  private final @Nullable Site site;
  private final TlsConfig.@Nullable Upstream upstreamTls;
  private final boolean http2;
  private final boolean dropOrigin;
  private final boolean joinExposedHeaders;
  private final @Nullable Duration preflightCache;

  /**
   * A folder that is served.
   *
   * @param fallback the file, below the folder, that pages get that are none of its files
   */
  public record Site(Path folder, Optional<String> fallback) {}

  private RouteOptions(Builder builder) {
    this.timeouts = builder.timeouts;
    this.maxBody = builder.maxBody;
    this.guards = builder.guards;
    this.site = builder.site;
    this.upstreamTls = builder.upstreamTls;
    this.http2 = builder.http2;
    this.dropOrigin = builder.dropOrigin;
    this.joinExposedHeaders = builder.joinExposedHeaders;
    this.preflightCache = builder.preflightCache;
  }

  /** Starts with a file's timeouts and its most bytes of a body, and nothing else. */
  public static Builder builder(Timeouts timeouts, long maxBody) {
    return new Builder(timeouts, maxBody);
  }

  /** Starts with all that is here. */
  public Builder toBuilder() {
    Builder builder = new Builder(timeouts, maxBody);
    builder.guards = guards;
    builder.site = site;
    builder.upstreamTls = upstreamTls;
    builder.http2 = http2;
    builder.dropOrigin = dropOrigin;
    builder.joinExposedHeaders = joinExposedHeaders;
    builder.preflightCache = preflightCache;
    return builder;
  }

  /** How long to wait. */
  public Timeouts timeouts() {
    return timeouts;
  }

  /** The most bytes that a request's body may have; {@link Long#MAX_VALUE} for any number. */
  public long maxBody() {
    return maxBody;
  }

  /** Who may. */
  public GuardsConfig guards() {
    return guards;
  }

  /** The folder that is served instead of an upstream. */
  public Optional<Site> site() {
    return Optional.ofNullable(site);
  }

  /** The files of TLS to the upstream; empty if Java's trust store is all. */
  public Optional<TlsConfig.Upstream> upstreamTls() {
    return Optional.ofNullable(upstreamTls);
  }

  /** Whether the upstream is spoken to in HTTP/2 rather than in HTTP/1.1. */
  public boolean http2() {
    return http2;
  }

  /** Whether the upstream is not told the {@code Origin}. */
  public boolean dropOrigin() {
    return dropOrigin;
  }

  /** Whether pages may also read the headers that the upstream exposes. */
  public boolean joinExposedHeaders() {
    return joinExposedHeaders;
  }

  /** How long shared caches may keep the response to a preflight; empty if they are not told. */
  public Optional<Duration> preflightCache() {
    return Optional.ofNullable(preflightCache);
  }

  private List<@Nullable Object> all() {
    return Arrays.asList(
        timeouts,
        maxBody,
        guards,
        site,
        upstreamTls,
        http2,
        dropOrigin,
        joinExposedHeaders,
        preflightCache);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RouteOptions options && all().equals(options.all());
  }

  @Override
  public int hashCode() {
    return all().hashCode();
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private Timeouts timeouts;
    private long maxBody;
    private GuardsConfig guards = GuardsConfig.NONE;
    private @Nullable Site site;
    private TlsConfig.@Nullable Upstream upstreamTls;
    private boolean http2;
    private boolean dropOrigin;
    private boolean joinExposedHeaders;
    private @Nullable Duration preflightCache;

    private Builder(Timeouts timeouts, long maxBody) {
      this.timeouts = timeouts;
      this.maxBody = maxBody;
    }

    /** How long to wait. */
    public Builder timeouts(Timeouts timeouts) {
      this.timeouts = timeouts;
      return this;
    }

    /** The most bytes of a request's body. */
    public Builder maxBody(long maxBody) {
      this.maxBody = maxBody;
      return this;
    }

    /** Who may. */
    public Builder guards(GuardsConfig guards) {
      this.guards = guards;
      return this;
    }

    /** Serves a folder. */
    public Builder site(Site site) {
      this.site = site;
      return this;
    }

    /** The files of TLS to the upstream. */
    public Builder upstreamTls(TlsConfig.Upstream upstreamTls) {
      this.upstreamTls = upstreamTls;
      return this;
    }

    /** Speaks HTTP/2 to the upstream, or HTTP/1.1. */
    public Builder http2(boolean http2) {
      this.http2 = http2;
      return this;
    }

    /** Tells the upstream no {@code Origin}, or tells it. */
    public Builder dropOrigin(boolean dropOrigin) {
      this.dropOrigin = dropOrigin;
      return this;
    }

    /** Exposes what the upstream exposes too, or what the policy says alone. */
    public Builder joinExposedHeaders(boolean joinExposedHeaders) {
      this.joinExposedHeaders = joinExposedHeaders;
      return this;
    }

    /** Lets shared caches keep the responses to preflights. */
    public Builder preflightCache(Duration preflightCache) {
      this.preflightCache = preflightCache;
      return this;
    }

    /** The options. */
    public RouteOptions build() {
      return new RouteOptions(this);
    }
  }
}
