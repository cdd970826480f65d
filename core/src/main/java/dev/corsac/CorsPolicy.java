package dev.corsac;

import dev.corsac.finding.Finding;
import dev.corsac.finding.Severity;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
 * exposed; preflights answered with 200 and remembered for 600 seconds; no enforcement.
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
  private final PolicyOrigins allowedOrigins;
  private final List<Finding> findings;
  private final NameSet methods;
  private final NameSet headers;
  private final boolean anyMethod;
  private final boolean anyHeader;

  private final Map<Reason, Ruling> proceed;
  private final Map<Reason, Ruling> refuse;
  private final Map<Reason, Ruling> preflight;
  private final CorsHeaders preflightHeaders;

  CorsPolicy(PolicySettings settings, OriginSet origins, List<Finding> warnings) {
    this.settings = settings;
    this.origins = origins;
    this.allowedOrigins = new PolicyOrigins(settings, origins);
    this.findings = warnings;
    this.methods = new NameSet(settings.allMethods(), false);
    this.headers = new NameSet(settings.allHeaders(), true);

    boolean anyOrigin = settings.anyOrigin();
    this.anyMethod = settings.anyMethod();
    this.anyHeader = settings.anyHeader();

    CorsHeaders denied = anyOrigin ? CorsHeaders.NONE : CorsHeaders.NONE.withVaryByOrigin();
    CorsHeaders granted =
        (anyOrigin ? denied.with(CorsHeaders.ALLOW_ORIGIN, "*") : denied.withEchoedOrigin())
            .with(CorsHeaders.ALLOW_CREDENTIALS, settings.credentials ? "true" : null);
    CorsHeaders actual =
        granted.with(CorsHeaders.EXPOSE_HEADERS, PolicySettings.join(settings.exposed));
    // Without Vary a cache serves one response to all, so under any origin each carries the grant.
    CorsHeaders other = anyOrigin ? actual : denied;
    preflightHeaders =
        granted
            .with(CorsHeaders.ALLOW_METHODS, PolicySettings.join(settings.allMethods()))
            .with(CorsHeaders.ALLOW_HEADERS, PolicySettings.join(settings.allHeaders()))
            .with(CorsHeaders.MAX_AGE, Long.toString(settings.maxAgeSeconds()));
    proceed =
        byReason(
            reason ->
                Ruling.proceed(reason, reason == Reason.ORIGIN_ALLOWED ? actual : other, this));
    refuse = byReason(reason -> Ruling.answer(reason, 403, denied, this));
    preflight = byReason(reason -> preflightRuling(reason, preflightHeaders));
  }

  private static Map<Reason, Ruling> byReason(Function<Reason, Ruling> ruling) {
    Map<Reason, Ruling> rulings = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      rulings.put(reason, ruling.apply(reason));
    }
    return rulings;
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
    Decision decision = decideUnexplained(request);
    return settings.explain ? decision.explained(request) : decision;
  }

  /**
   * What is unwise about this policy: warnings only, since an error stops {@link Builder#build}.
   */
  public List<Finding> findings() {
    return findings;
  }

  /**
   * The policy in the form of {@code corsac.yaml}, which reads back to one that decides alike. Of
   * more than 100 origins it shows the first 100, and of an {@link OriginSource} nothing.
   */
  @Override
  public String toString() {
    return settings.copy(origins).toString();
  }

  NameSet allowedHeaders() {
    return headers;
  }

  private Decision decideUnexplained(CorsRequest request) {
    String origin = request.header("Origin");
    if (origin == null) {
      return decideWithoutOrigin(request);
    }
    if (request.method().equals("OPTIONS")) {
      String method = request.header("Access-Control-Request-Method");
      if (method != null) {
        return decidePreflight(origin, method, request);
      }
    }
    return decideActual(origin, request);
  }

  /** Not a CORS request; but a browser may say that another origin's page caused it. */
  private Decision decideWithoutOrigin(CorsRequest request) {
    return isGuarded(request) && FetchMetadata.isFromElsewhere(request)
        ? decision(refuse, Reason.CROSS_SITE_WITHOUT_ORIGIN, null)
        : decision(proceed, Reason.NO_ORIGIN, null);
  }

  /**
   * See <a href="https://fetch.spec.whatwg.org/#cors-preflight-fetch">Fetch section 4.8,
   * CORS-preflight fetch</a>: what the browser compares with the response.
   */
  private Decision decidePreflight(String origin, String method, CorsRequest request) {
    Reason reason = allowedOrigins.check(origin, request);
    if (reason != Reason.ORIGIN_ALLOWED) {
      return decision(refuse, reason, origin);
    }
    boolean uncommon = !methods.contains(method);
    if (uncommon && !(anyMethod && PolicySettings.isOrdinaryMethod(method))) {
      return decision(preflight, Reason.METHOD_NOT_ALLOWED, origin);
    }
    boolean asksHeaders = request.header("Access-Control-Request-Headers") != null;
    List<String> asked =
        asksHeaders ? request.headers("Access-Control-Request-Headers") : List.of();
    if (anyHeader && asksHeaders) {
      return preflightAnyHeader(uncommon ? withMethod(method) : preflightHeaders, asked).on(origin);
    }
    Reason headersReason = RequestedHeaders.check(asked, headers);
    return uncommon
        ? preflightRuling(headersReason, withMethod(method)).on(origin)
        : decision(preflight, headersReason, origin);
  }

  /**
   * See <a href="https://fetch.spec.whatwg.org/#cors-check">Fetch section 4.10, CORS check</a>:
   * what the browser makes of the response.
   */
  private Decision decideActual(String origin, CorsRequest request) {
    Reason reason = allowedOrigins.check(origin, request);
    if (reason == Reason.ORIGIN_ALLOWED || !isGuarded(request)) {
      return decision(proceed, reason, origin);
    }
    return reason == Reason.ORIGIN_NOT_ALLOWED && FetchMetadata.isSameOrigin(origin, request)
        ? decision(proceed, Reason.SAME_ORIGIN, origin)
        : decision(refuse, reason, origin);
  }

  private static Decision decision(
      Map<Reason, Ruling> rulings, Reason reason, @Nullable String origin) {
    return Objects.requireNonNull(rulings.get(reason)).on(origin);
  }

  /**
   * Names what was asked instead of {@code *}, which Firefox's preflight cache does not remember
   * and which Chromium's does not for {@code Authorization}.
   */
  private Ruling preflightAnyHeader(CorsHeaders answer, List<String> asked) {
    String names = RequestedHeaders.echo(asked);
    if (names != null && names.isEmpty()) {
      return preflightRuling(Reason.PREFLIGHT_ALLOWED, answer);
    }
    boolean allowed = names != null || !settings.credentials;
    if (names == null && !settings.credentials) {
      names = "*,authorization";
    }
    return preflightRuling(
        allowed ? Reason.PREFLIGHT_ALLOWED : Reason.REQUEST_HEADERS_MALFORMED,
        answer.with(CorsHeaders.ALLOW_HEADERS, names));
  }

  private CorsHeaders withMethod(String method) {
    return preflightHeaders.with(
        CorsHeaders.ALLOW_METHODS, PolicySettings.join(settings.allMethods()) + ", " + method);
  }

  private Ruling preflightRuling(Reason reason, CorsHeaders headers) {
    return Ruling.answer(reason, settings.preflightStatus, headers, this);
  }

  /** Whether the application is kept from a request like this unless its origin is allowed. */
  private boolean isGuarded(CorsRequest request) {
    return switch (settings.enforcement) {
      case OFF -> false;
      case UNSAFE -> FetchMetadata.isUnsafe(request);
      case ALL -> request.header("Origin") != null || !FetchMetadata.isNavigation(request);
    };
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

    /** Whether requests that are not allowed reach the application. */
    public Builder enforce(Enforcement enforcement) {
      settings.enforcement = Objects.requireNonNull(enforcement, "enforcement");
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
              : new CorsPolicy(settings.copyOfCompiled(), check.origins(), findings));
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
