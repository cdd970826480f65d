package dev.corsac;

import dev.corsac.Grants.Grant;
import dev.corsac.origin.OriginSet;
import dev.corsac.text.NameSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A policy made ready to decide: everything but the echoed origin is computed here, once. Immutable
 * and thread-safe.
 */
final class CompiledPolicy {
  private final boolean explain;
  private final boolean credentials;
  private final int preflightStatus;
  private final List<String> listedMethods;
  private final @Nullable Hosts hosts;
  private final PolicyOrigins origins;
  private final @Nullable Acting acting;
  private final NameSet methods;
  private final NameSet headers;
  private final boolean anyMethod;
  private final boolean anyHeader;

  private final Map<Reason, Ruling> proceed;
  private final Map<Reason, Ruling> report;
  private final Map<Reason, Ruling> refuse;
  private final Map<Reason, Ruling> preflight;
  private final CorsHeaders preflightHeaders;
  private final Grants grants;
  private final RecentLists allowedLists = new RecentLists();

  CompiledPolicy(PolicySettings settings, OriginSet listed, OriginSet trusted) {
    this.explain = settings.explain;
    this.credentials = settings.credentials;
    this.preflightStatus = settings.preflightStatus;
    this.listedMethods = settings.allMethods();
    this.hosts = settings.hosts.isEmpty() ? null : new Hosts(settings.hosts);
    this.methods = new NameSet(listedMethods, false);
    this.headers = new NameSet(settings.allHeaders(), true);
    this.anyMethod = settings.anyMethod();
    this.anyHeader = settings.anyHeader();
    this.acting =
        settings.actingIsFree()
            ? null
            : new Acting(settings, trusted, anyHeader || headers.contains("Authorization"));

    boolean anyOrigin = settings.anyOrigin();
    CorsHeaders denied = anyOrigin ? CorsHeaders.NONE : CorsHeaders.NONE.withVaryByOrigin();
    CorsHeaders granted =
        (anyOrigin ? denied.with(CorsHeaders.ALLOW_ORIGIN, "*") : denied.withEchoedOrigin())
            .with(CorsHeaders.ALLOW_CREDENTIALS, credentials ? "true" : null);
    CorsHeaders actual =
        granted.with(CorsHeaders.EXPOSE_HEADERS, PolicySettings.join(settings.exposed));
    // Without Vary a cache serves one response to all, so under any origin each carries the grant.
    CorsHeaders other = anyOrigin ? actual : denied;
    preflightHeaders =
        granted
            .with(CorsHeaders.ALLOW_METHODS, PolicySettings.join(listedMethods))
            .with(CorsHeaders.ALLOW_HEADERS, PolicySettings.join(settings.allHeaders()))
            .with(CorsHeaders.MAX_AGE, Long.toString(settings.maxAgeSeconds()));
    proceed =
        byReason(
            reason ->
                Ruling.proceed(reason, reason == Reason.ORIGIN_ALLOWED ? actual : other, this));
    report = byReason(reason -> ruling(proceed, Acting.unenforced(reason)).reporting(reason));
    refuse = byReason(reason -> Ruling.answer(reason, 403, denied, this));
    preflight = byReason(reason -> preflightRuling(reason, preflightHeaders));
    grants =
        new Grants(
            listed,
            ruling(proceed, Reason.ORIGIN_ALLOWED),
            ruling(preflight, Reason.PREFLIGHT_ALLOWED));
    origins = new PolicyOrigins(settings, listed, grants);
  }

  private static Map<Reason, Ruling> byReason(Function<Reason, Ruling> ruling) {
    Map<Reason, Ruling> rulings = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      rulings.put(reason, ruling.apply(reason));
    }
    return rulings;
  }

  Decision decide(CorsRequest request) {
    Decision decision = decideUnexplained(request);
    return explain ? decision.explained(request) : decision;
  }

  NameSet allowedHeaders() {
    return headers;
  }

  private Decision decideUnexplained(CorsRequest request) {
    if (hosts != null && !hosts.name(request)) {
      return Ruling.HOST_NOT_ALLOWED.on(null);
    }
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
    return acting == null
        ? decision(proceed, Reason.NO_ORIGIN, null)
        : decideActing(acting, Reason.NO_ORIGIN, null, request);
  }

  /**
   * See <a href="https://fetch.spec.whatwg.org/#cors-preflight-fetch">Fetch section 4.8,
   * CORS-preflight fetch</a>: what the browser compares with the response.
   */
  private Decision decidePreflight(String origin, String method, CorsRequest request) {
    Grant grant = grants.find(origin);
    Reason reason = origins.check(origin, grant, request);
    if (reason != Reason.ORIGIN_ALLOWED) {
      return decision(refuse, reason, origin);
    }
    boolean uncommon = !methods.contains(method);
    if (uncommon && !(anyMethod && PolicySettings.isOrdinaryMethod(method))) {
      return decision(preflight, Reason.METHOD_NOT_ALLOWED, origin);
    }
    List<String> asked = request.headers("Access-Control-Request-Headers");
    if (anyHeader && !asked.isEmpty()) {
      return preflightAnyHeader(uncommon ? withMethod(method) : preflightHeaders, asked).on(origin);
    }
    Reason headersReason = checkHeaders(asked);
    if (uncommon) {
      return preflightRuling(headersReason, withMethod(method)).on(origin);
    }
    return grant != null && headersReason == Reason.PREFLIGHT_ALLOWED
        ? grant.preflight()
        : decision(preflight, headersReason, origin);
  }

  private Reason checkHeaders(List<String> asked) {
    if (asked.size() != 1) {
      return RequestedHeaders.check(asked, headers);
    }
    String list = asked.get(0);
    if (allowedLists.contains(list)) {
      return Reason.PREFLIGHT_ALLOWED;
    }
    Reason reason = RequestedHeaders.check(asked, headers);
    if (reason == Reason.PREFLIGHT_ALLOWED) {
      allowedLists.add(list);
    }
    return reason;
  }

  /**
   * See <a href="https://fetch.spec.whatwg.org/#cors-check">Fetch section 4.10, CORS check</a>:
   * what the browser makes of the response.
   */
  private Decision decideActual(String origin, CorsRequest request) {
    Grant grant = grants.find(origin);
    if (grant != null && acting == null && !request.isRepeated("Origin")) {
      return grant.actual();
    }
    Reason reason = origins.check(origin, grant, request);
    return acting == null
        ? decision(proceed, reason, origin)
        : decideActing(acting, reason, origin, request);
  }

  /** Who may read is not who may act. */
  private Decision decideActing(
      Acting acting, Reason reading, @Nullable String origin, CorsRequest request) {
    boolean enforced = acting.isEnforced(request);
    if (!enforced && !acting.isReported(request)) {
      return decision(proceed, reading, origin);
    }
    Reason reason = acting.check(reading, origin, request);
    return decision(reason.allowed() ? proceed : enforced ? refuse : report, reason, origin);
  }

  private static Decision decision(
      Map<Reason, Ruling> rulings, Reason reason, @Nullable String origin) {
    return ruling(rulings, reason).on(origin);
  }

  private static Ruling ruling(Map<Reason, Ruling> rulings, Reason reason) {
    return Objects.requireNonNull(rulings.get(reason));
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
    boolean allowed = names != null || !credentials;
    if (names == null && !credentials) {
      names = "*,authorization";
    }
    return preflightRuling(
        allowed ? Reason.PREFLIGHT_ALLOWED : Reason.REQUEST_HEADERS_MALFORMED,
        answer.with(CorsHeaders.ALLOW_HEADERS, names));
  }

  private CorsHeaders withMethod(String method) {
    return preflightHeaders.with(
        CorsHeaders.ALLOW_METHODS, PolicySettings.join(listedMethods) + ", " + method);
  }

  private Ruling preflightRuling(Reason reason, CorsHeaders headers) {
    return Ruling.answer(reason, preflightStatus, headers, this);
  }
}
