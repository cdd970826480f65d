package dev.corsac;

import dev.corsac.finding.Finding;
import dev.corsac.finding.Severity;
import dev.corsac.origin.OriginSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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
 *
 * <p>Defaults: no origin; the methods GET, HEAD and POST; the headers {@code Accept}, {@code
 * Accept-Language}, {@code Content-Language} and {@code Content-Type}; no credentials; nothing
 * exposed; preflights answered with 200 and remembered for 600 seconds; no enforcement; any host.
 *
 * <p>A decision allocates at most one object of two references, except where the response lists
 * what was asked for ({@code *} for methods or headers) or {@code explain} is on. Among a million
 * origins it takes as long as a look-up in a {@code HashSet}, and hostile headers cost no more than
 * others.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch section 3.3, HTTP CORS
 *     protocol</a>
 */
public final class CorsPolicy implements Cors {
  private final PolicySettings settings;
  private final OriginSet origins;
  private final CompiledPolicy compiled;
  private final List<Finding> findings;

  private CorsPolicy(PolicySettings settings, PolicyCheck check) {
    this.settings = settings;
    this.origins = check.origins();
    this.compiled = new CompiledPolicy(settings, origins, check.trusted());
    this.findings = check.findings();
  }

  /** Starts an empty policy. */
  public static Builder builder() {
    return new Builder(new PolicySettings());
  }

  /** Starts from this policy; building without a change gives one that decides alike. */
  public Builder toBuilder() {
    return new Builder(settings.copy(origins));
  }

  @Override
  public Decision decide(CorsRequest request) {
    return compiled.decide(request);
  }

  /**
   * What is unwise about this policy: warnings only, since an error stops {@link Builder#build}.
   */
  public List<Finding> findings() {
    return findings;
  }

  /** The listed origins and patterns, {@code *} included; not those of {@link #originSources}. */
  public List<String> allowedOrigins() {
    return List.copyOf(settings.copy(origins).origins);
  }

  /** The sources of origins that change while running, in the order in which they were added. */
  public List<OriginSource> originSources() {
    return List.copyOf(settings.sources);
  }

  /** The methods that preflights are answered with; {@code *} last if any other is allowed too. */
  public List<String> allowedMethods() {
    return orAny(settings.allMethods(), settings.anyMethod());
  }

  /** The request headers that pages may send; {@code *} last if any other is allowed too. */
  public List<String> allowedHeaders() {
    return orAny(settings.allHeaders(), settings.anyHeader());
  }

  /** The origins that may act under {@link #enforcement} though they may not read. */
  public List<String> trustedOrigins() {
    return List.copyOf(settings.trusted);
  }

  /** Whether allowed origins may send cookies and read what they get. */
  public boolean allowsCredentials() {
    return settings.credentials;
  }

  /** See {@link Builder#enforce}. */
  public Enforcement enforcement() {
    return settings.enforcement;
  }

  /** See {@link Builder#enforceReport}. */
  public Enforcement reportedEnforcement() {
    return settings.enforceReport;
  }

  private static List<String> orAny(List<String> names, boolean any) {
    return any ? Stream.concat(names.stream(), Stream.of("*")).toList() : names;
  }

  /**
   * The policy in the form of {@code corsac.yaml}, which reads back to one that decides alike; but
   * of more than 100 origins it shows 100 and says so, and of an {@link OriginSource} nothing.
   */
  @Override
  public String toString() {
    return settings.copy(origins).toString();
  }

  /**
   * Collects a policy and checks it as a whole. Methods named {@code allow…} and {@code expose…}
   * add to what is there; the others replace. Not thread-safe.
   */
  public static final class Builder {
    private final PolicySettings settings;

    Builder(PolicySettings settings) {
      this.settings = settings;
    }

    /** See {@link #allowOrigins(Collection)}. */
    public Builder allowOrigins(String... origins) {
      return allowOrigins(Arrays.asList(origins));
    }

    /**
     * Allows origins, written as browsers send them.
     *
     * <pre>
     * permitted    https://example.com   http://localhost:3000   https://*.example.com (one or more labels, not example.com itself)
     *              http://localhost:*    https://*.example.com:*   *  (any origin, as {@link #allowAnyOrigin})
     *              https://example.com.  (another host than example.com)   app://.   qrc://
     * prohibited   https://example.com/   example.com   https://EXAMPLE.com   https://example.com:443   https://ex*mple.com
     *              null, file://  (unless {@link Risk#NULL_ORIGIN} is accepted)
     * </pre>
     */
    public Builder allowOrigins(Collection<String> origins) {
      settings.origins.addAll(origins);
      return this;
    }

    /** Allows every origin to read, without credentials; for public data. */
    public Builder allowAnyOrigin() {
      return allowOrigins("*");
    }

    /** Allows what a source allows at the time of each request, besides the listed origins. */
    public Builder allowOriginsFrom(OriginSource source) {
      settings.sources.add(Objects.requireNonNull(source, "source"));
      return this;
    }

    /** See {@link #allowMethods(Collection)}. */
    public Builder allowMethods(String... methods) {
      return allowMethods(Arrays.asList(methods));
    }

    /**
     * Allows methods, case-sensitively, or {@code *} for any; GET, HEAD and POST are always
     * allowed, as in the standard.
     */
    public Builder allowMethods(Collection<String> methods) {
      settings.methods.addAll(methods);
      return this;
    }

    /** See {@link #allowHeaders(Collection)}. */
    public Builder allowHeaders(String... names) {
      return allowHeaders(Arrays.asList(names));
    }

    /**
     * Allows request headers, in any case, or {@code *} for any, {@code Authorization} included.
     * {@code Content-Type} is always allowed, so a JSON body needs no entry.
     */
    public Builder allowHeaders(Collection<String> names) {
      settings.headers.addAll(names);
      return this;
    }

    /** See {@link #exposeHeaders(Collection)}. */
    public Builder exposeHeaders(String... names) {
      return exposeHeaders(Arrays.asList(names));
    }

    /**
     * Lets pages read response headers, such as {@code X-Total-Count}; {@code *} for any, without
     * credentials only.
     */
    public Builder exposeHeaders(Collection<String> names) {
      settings.exposed.addAll(names);
      return this;
    }

    /** Lets allowed origins send cookies and read what they get: no with {@code *}. */
    public Builder allowCredentials() {
      return allowCredentials(true);
    }

    /** See {@link #allowCredentials()}. */
    public Builder allowCredentials(boolean allow) {
      settings.credentials = allow;
      return this;
    }

    /** How long browsers may remember a preflight's answer: 0 to 24 hours. */
    public Builder maxAge(Duration maxAge) {
      settings.maxAge = Objects.requireNonNull(maxAge, "maxAge");
      return this;
    }

    /** Whether requests of pages that may not act reach the application. */
    public Builder enforce(Enforcement enforcement) {
      settings.enforcement = Objects.requireNonNull(enforcement, "enforcement");
      return this;
    }

    /**
     * Whether requests that {@link #enforce} would refuse are told to observers and logs, while
     * they still reach the application: to try an enforcement before it is set. See {@link
     * Decision#reported}.
     */
    public Builder enforceReport(Enforcement enforcement) {
      settings.enforceReport = Objects.requireNonNull(enforcement, "enforcement");
      return this;
    }

    /** See {@link #trustOrigins(Collection)}. */
    public Builder trustOrigins(String... origins) {
      return trustOrigins(Arrays.asList(origins));
    }

    /**
     * Adds origins whose pages may act under {@link #enforce} though they may not read: a form on
     * another site of yours, an identity provider that posts its response. They are written as in
     * {@link #allowOrigins(Collection)}; {@code *} is prohibited.
     */
    public Builder trustOrigins(Collection<String> origins) {
      settings.trusted.addAll(origins);
      return this;
    }

    /** See {@link #hosts(Collection)}. */
    public Builder hosts(String... names) {
      return hosts(Arrays.asList(names));
    }

    /**
     * Adds names that this server answers to; a request by any other name gets 421. Without a name,
     * every name will do. Where several policies share a server, see {@link Hosts}, which says how
     * names are written.
     */
    public Builder hosts(Collection<String> names) {
      settings.hosts.addAll(names);
      return this;
    }

    /** The status of an answered preflight: 200 to 299. */
    public Builder preflightStatus(int status) {
      settings.preflightStatus = status;
      return this;
    }

    /** Adds {@code Corsac-Decision}, the reason in words, to every response; for development. */
    public Builder explain(boolean explain) {
      settings.explain = explain;
      return this;
    }

    /** Accepts dangers that {@link #build} refuses otherwise. */
    public Builder dangerouslyAllow(Risk... risks) {
      Collections.addAll(settings.risks, risks);
      return this;
    }

    /**
     * Checks and compiles the policy once, for a caller that wants the findings and the policy: the
     * policy is there if no finding is an error.
     */
    public CheckedPolicy check() {
      PolicyCheck check = new PolicyCheck(settings);
      List<Finding> findings = check.findings();
      return new CheckedPolicy(
          findings,
          findings.stream().anyMatch(each -> each.severity() == Severity.ERROR)
              ? null
              : new CorsPolicy(settings.copyOfCompiled(), check));
    }

    /** The findings of {@link #check()}. */
    public List<Finding> findings() {
      return check().findings();
    }

    /**
     * Builds the policy.
     *
     * @throws InvalidPolicyException with every error at once
     */
    public CorsPolicy build() {
      CheckedPolicy checked = check();
      return checked.policy().orElseThrow(checked::refusal);
    }
  }
}
