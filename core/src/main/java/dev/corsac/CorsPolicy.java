package dev.corsac;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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
 * <p>A decision allocates nothing, except where the answer lists what was asked ({@code *} for
 * methods or headers) or {@code explain} is on. It costs the same for one origin and for millions,
 * and hostile headers cost no more than others.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch section 3.3, HTTP CORS
 *     protocol</a>
 */
public final class CorsPolicy implements Cors {
  private final PolicySettings settings;
  private final OriginSet origins;
  private final List<Finding> findings;
  private final NameSet methods;
  private final NameSet headers;
  private final boolean anyOrigin;
  private final boolean nullOrigin;
  private final boolean anyMethod;
  private final boolean anyHeader;

  private final Decision noOrigin;
  private final Decision actualAllowed;
  private final Decision actualNotAllowed;
  private final Decision actualMalformed;
  private final Decision actualRepeated;
  private final Decision sameOrigin;
  private final Decision refusedNotAllowed;
  private final Decision refusedMalformed;
  private final Decision refusedRepeated;
  private final Decision refusedCrossSite;
  private final Decision preflightAllowed;
  private final Decision methodNotAllowed;
  private final Decision headerNotAllowed;
  private final Decision headersMalformed;
  private final HeaderBlock preflightHeaders;

  CorsPolicy(PolicySettings settings, OriginSet origins, List<Finding> warnings) {
    this.settings = settings;
    this.origins = origins;
    this.findings = warnings;
    this.methods = new NameSet(settings.allMethods(), false);
    this.headers = new NameSet(settings.allHeaders(), true);

    this.anyOrigin = settings.anyOrigin();
    this.nullOrigin = settings.nullOrigin();
    this.anyMethod = settings.anyMethod();
    this.anyHeader = settings.anyHeader();

    HeaderBlock denied = anyOrigin ? HeaderBlock.NONE : HeaderBlock.NONE.withVaryByOrigin();
    HeaderBlock granted =
        (anyOrigin ? denied.with(HeaderBlock.ALLOW_ORIGIN, "*") : denied.withEchoedOrigin())
            .with(HeaderBlock.ALLOW_CREDENTIALS, settings.credentials ? "true" : null);
    HeaderBlock actual =
        granted.with(HeaderBlock.EXPOSE_HEADERS, PolicySettings.join(settings.exposed));
    // Without Vary a cache serves one response to all, so under any origin each carries the grant.
    HeaderBlock other = anyOrigin ? actual : denied;
    noOrigin = proceed(Reason.NO_ORIGIN, other);
    actualAllowed = proceed(Reason.ORIGIN_ALLOWED, actual);
    actualNotAllowed = proceed(Reason.ORIGIN_NOT_ALLOWED, other);
    actualMalformed = proceed(Reason.ORIGIN_MALFORMED, other);
    actualRepeated = proceed(Reason.ORIGIN_REPEATED, other);
    sameOrigin = proceed(Reason.SAME_ORIGIN, other);
    refusedNotAllowed = answer(Reason.ORIGIN_NOT_ALLOWED, 403, denied);
    refusedMalformed = answer(Reason.ORIGIN_MALFORMED, 403, denied);
    refusedRepeated = answer(Reason.ORIGIN_REPEATED, 403, denied);
    refusedCrossSite = answer(Reason.CROSS_SITE_WITHOUT_ORIGIN, 403, denied);

    preflightHeaders =
        granted
            .with(HeaderBlock.ALLOW_METHODS, PolicySettings.join(settings.allMethods()))
            .with(HeaderBlock.ALLOW_HEADERS, PolicySettings.join(settings.allHeaders()))
            .with(HeaderBlock.MAX_AGE, Long.toString(settings.maxAgeSeconds()));
    preflightAllowed = preflight(Reason.PREFLIGHT_ALLOWED, preflightHeaders);
    methodNotAllowed = preflight(Reason.METHOD_NOT_ALLOWED, preflightHeaders);
    headerNotAllowed = preflight(Reason.HEADER_NOT_ALLOWED, preflightHeaders);
    headersMalformed = preflight(Reason.REQUEST_HEADERS_MALFORMED, preflightHeaders);
  }

  /** Starts an empty policy. */
  public static Builder builder() {
    return new Builder(new PolicySettings());
  }

  /** Starts from this policy; building without a change gives an equal one. */
  public Builder toBuilder() {
    return new Builder(settings.copy(origins));
  }

  @Override
  public Decision decide(CorsRequest request) {
    Decision decision = decideQuietly(request);
    return settings.explain ? explained(decision, request) : decision;
  }

  /**
   * What is unwise about this policy: warnings only, since an error stops {@link Builder#build}.
   */
  public List<Finding> findings() {
    return findings;
  }

  /**
   * The policy in the form of {@code corsac.yaml}, which reads back to an equal one; the first
   * origins if there are many.
   */
  @Override
  public String toString() {
    return settings.copy(origins).toString();
  }

  NameSet allowedHeaders() {
    return headers;
  }

  private Decision decideQuietly(CorsRequest request) {
    String origin = request.header("Origin");
    if (origin == null) {
      return settings.enforcement == Enforcement.OFF ? noOrigin : enforceWithoutOrigin(request);
    }
    Reason reason = judge(origin, request);
    if (request.method().equals("OPTIONS")) {
      String method = request.header("Access-Control-Request-Method");
      if (method != null) {
        return reason == Reason.ORIGIN_ALLOWED ? preflight(method, request) : refuse(reason);
      }
    }
    if (reason == Reason.ORIGIN_ALLOWED) {
      return actualAllowed;
    }
    return settings.enforcement == Enforcement.OFF
        ? proceed(reason)
        : enforce(reason, origin, request);
  }

  private Reason judge(String origin, CorsRequest request) {
    if (request.headers("Origin").size() > 1) {
      return Reason.ORIGIN_REPEATED;
    }
    if (origin.length() > OriginSyntax.MAX_LENGTH) {
      return Reason.ORIGIN_MALFORMED;
    }
    if (origins.containsExact(origin)) {
      return Reason.ORIGIN_ALLOWED;
    }
    if (origin.equals("null")) {
      boolean allowed = anyOrigin || nullOrigin;
      return allowed ? Reason.ORIGIN_ALLOWED : Reason.ORIGIN_NOT_ALLOWED;
    }
    if (!OriginSyntax.isSerialised(origin)) {
      return Reason.ORIGIN_MALFORMED;
    }
    boolean allowed = anyOrigin || origins.matchesPattern(origin) || sourceAllows(origin);
    return allowed ? Reason.ORIGIN_ALLOWED : Reason.ORIGIN_NOT_ALLOWED;
  }

  private boolean sourceAllows(String origin) {
    for (int i = 0; i < settings.sources.size(); i++) {
      if (settings.sources.get(i).allows(origin)) {
        return true;
      }
    }
    return false;
  }

  private Decision preflight(String method, CorsRequest request) {
    boolean uncommon = !methods.contains(method);
    if (uncommon && !(anyMethod && PolicySettings.isOrdinaryMethod(method))) {
      return methodNotAllowed;
    }
    if (anyHeader) {
      return preflightAnyHeader(uncommon ? method : null, request);
    }
    if (request.header("Access-Control-Request-Headers") != null) {
      Reason reason =
          AskedHeaders.check(request.headers("Access-Control-Request-Headers"), headers);
      if (reason != Reason.PREFLIGHT_ALLOWED) {
        return reason == Reason.HEADER_NOT_ALLOWED ? headerNotAllowed : headersMalformed;
      }
    }
    return uncommon ? preflight(Reason.PREFLIGHT_ALLOWED, withMethod(method)) : preflightAllowed;
  }

  /**
   * Names what was asked instead of {@code *}, which Firefox's preflight cache does not remember
   * and which Chromium's does not for {@code Authorization}.
   */
  private Decision preflightAnyHeader(@Nullable String uncommonMethod, CorsRequest request) {
    HeaderBlock answer = uncommonMethod == null ? preflightHeaders : withMethod(uncommonMethod);
    if (request.header("Access-Control-Request-Headers") == null) {
      return uncommonMethod == null
          ? preflightAllowed
          : preflight(Reason.PREFLIGHT_ALLOWED, answer);
    }
    String asked = AskedHeaders.echo(request.headers("Access-Control-Request-Headers"));
    if (asked != null) {
      return preflight(Reason.PREFLIGHT_ALLOWED, answer.with(HeaderBlock.ALLOW_HEADERS, asked));
    }
    return settings.credentials
        ? preflight(Reason.REQUEST_HEADERS_MALFORMED, answer.with(HeaderBlock.ALLOW_HEADERS, null))
        : preflight(
            Reason.PREFLIGHT_ALLOWED, answer.with(HeaderBlock.ALLOW_HEADERS, "*,authorization"));
  }

  private HeaderBlock withMethod(String method) {
    return preflightHeaders.with(
        HeaderBlock.ALLOW_METHODS, PolicySettings.join(settings.allMethods()) + ", " + method);
  }

  private Decision preflight(Reason reason, HeaderBlock headers) {
    return answer(reason, settings.preflightStatus, headers);
  }

  private Decision answer(Reason reason, int status, HeaderBlock headers) {
    return new Decision.Answer(reason, status, headers, this);
  }

  private Decision proceed(Reason reason, HeaderBlock headers) {
    return new Decision.Proceed(reason, headers, this);
  }

  private Decision enforceWithoutOrigin(CorsRequest request) {
    boolean guarded =
        settings.enforcement == Enforcement.ALL ? !isNavigation(request) : isUnsafe(request);
    String site = guarded ? request.header("Sec-Fetch-Site") : null;
    boolean fromElsewhere = site != null && !site.equals("same-origin") && !site.equals("none");
    return fromElsewhere ? refusedCrossSite : noOrigin;
  }

  private Decision enforce(Reason reason, String origin, CorsRequest request) {
    if (settings.enforcement == Enforcement.UNSAFE && !isUnsafe(request)) {
      return proceed(reason);
    }
    return reason == Reason.ORIGIN_NOT_ALLOWED && isSameOrigin(origin, request)
        ? sameOrigin
        : refuse(reason);
  }

  /**
   * A page of this server itself. Plain http gets no {@code Sec-Fetch-Site}, so there the host has
   * to tell.
   */
  private static boolean isSameOrigin(String origin, CorsRequest request) {
    String site = request.header("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin");
    }
    String host = request.header("Host");
    int authority = origin.indexOf("://") + 3;
    return host != null
        && !host.isEmpty()
        && host.length() == origin.length() - authority
        && origin.regionMatches(true, authority, host, 0, host.length());
  }

  private static boolean isUnsafe(CorsRequest request) {
    String method = request.method();
    boolean safe = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    return !safe || "websocket".equalsIgnoreCase(request.header("Upgrade"));
  }

  private static boolean isNavigation(CorsRequest request) {
    return !isUnsafe(request) && "navigate".equals(request.header("Sec-Fetch-Mode"));
  }

  private Decision proceed(Reason reason) {
    return switch (reason) {
      case ORIGIN_MALFORMED -> actualMalformed;
      case ORIGIN_REPEATED -> actualRepeated;
      default -> actualNotAllowed;
    };
  }

  private Decision refuse(Reason reason) {
    return switch (reason) {
      case ORIGIN_MALFORMED -> refusedMalformed;
      case ORIGIN_REPEATED -> refusedRepeated;
      default -> refusedNotAllowed;
    };
  }

  private Decision explained(Decision decision, CorsRequest request) {
    if (decision instanceof Decision.Answer answer) {
      return answer(answer.reason(), answer.status(), answer.explained(request));
    }
    return proceed(decision.reason(), ((Decision.Proceed) decision).explained(request));
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
     * prohibited   https://example.com/   example.com   https://EXAMPLE.com   https://example.com:443   https://ex*mple.com
     *              null  (unless {@link Risk#NULL_ORIGIN} is accepted)
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
     * Everything that is wrong or unwise, errors and warnings, in the order of the policy, without
     * building it.
     */
    public List<Finding> findings() {
      return new PolicyCheck(settings).findings();
    }

    /**
     * Builds the policy.
     *
     * @throws InvalidPolicyException with every error at once
     */
    public CorsPolicy build() {
      PolicyCheck check = new PolicyCheck(settings);
      List<Finding> errors =
          check.findings().stream()
              .filter(finding -> finding.severity() == Severity.ERROR)
              .toList();
      if (!errors.isEmpty()) {
        throw new InvalidPolicyException(errors);
      }
      return new CorsPolicy(settings.copyOfCompiled(), check.origins(), check.findings());
    }
  }
}
