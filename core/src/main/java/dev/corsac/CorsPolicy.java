package dev.corsac;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Who may read this server's responses from another origin, and how: immutable, thread-safe,
 * checked and compiled once.
 *
 * <pre>{@code
 * CorsPolicy policy = CorsPolicy.builder()
 *     .allowOrigins("https://example.com", "https://*.example.com")
 *     .allowMethods("GET", "POST", "PUT", "DELETE")
 *     .allowHeaders("Content-Type", "Authorization")
 *     .allowCredentials()
 *     .build();
 * }</pre>
 */
public final class CorsPolicy implements Cors {
  private CorsPolicy() {}

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Decision decide(CorsRequest request) {
    throw new IllegalStateException();
  }

  /** What {@code lint} would say: the warnings; an error cannot exist here. */
  public List<Finding> findings() {
    return List.of();
  }

  public Builder toBuilder() {
    return new Builder();
  }

  /** Collects a policy. */
  public static final class Builder {
    Builder() {}

    public Builder allowOrigins(String... origins) {
      return allowOrigins(Arrays.asList(origins));
    }

    /** Adds to the list: exact origins, patterns, or "*". */
    public Builder allowOrigins(Collection<String> origins) {
      return this;
    }

    public Builder allowAnyOrigin() {
      return this;
    }

    public Builder allowOriginsFrom(OriginSource source) {
      return this;
    }

    public Builder allowMethods(String... methods) {
      return allowMethods(Arrays.asList(methods));
    }

    public Builder allowMethods(Collection<String> methods) {
      return this;
    }

    public Builder allowHeaders(String... names) {
      return allowHeaders(Arrays.asList(names));
    }

    public Builder allowHeaders(Collection<String> names) {
      return this;
    }

    public Builder exposeHeaders(String... names) {
      return exposeHeaders(Arrays.asList(names));
    }

    public Builder exposeHeaders(Collection<String> names) {
      return this;
    }

    public Builder allowCredentials() {
      return allowCredentials(true);
    }

    public Builder allowCredentials(boolean allow) {
      return this;
    }

    public Builder maxAge(Duration maxAge) {
      return this;
    }

    public Builder enforce(Enforcement enforcement) {
      return this;
    }

    public Builder preflightStatus(int status) {
      return this;
    }

    public Builder explain(boolean explain) {
      return this;
    }

    public Builder dangerouslyAllow(Risk... risks) {
      return this;
    }

    /**
     * Every finding, errors and warnings, without building; places are like allow_origins[2],
     * max_age.
     */
    public List<Finding> findings() {
      return List.of();
    }

    /**
     * @throws InvalidPolicyException with every error at once
     */
    public CorsPolicy build() {
      return new CorsPolicy();
    }
  }
}
