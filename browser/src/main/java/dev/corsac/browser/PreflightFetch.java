package dev.corsac.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The CORS-preflight fetch (https://fetch.spec.whatwg.org/#cors-preflight-fetch-0). */
final class PreflightFetch {
  private final Fetch fetch;
  private final Engine engine;
  private final Request request;
  private final List<String> unsafeNames;

  PreflightFetch(Fetch fetch, Request request, List<String> unsafeNames) {
    this.fetch = fetch;
    this.engine = fetch.engine();
    this.request = request;
    this.unsafeNames = unsafeNames;
  }

  /** Null if the preflight lets the request pass, or the network error. */
  @Nullable Response run() {
    String origin =
        engine.departs(Departure.REDIRECT_PREFLIGHT_KEEPS_ORIGIN)
            ? request.origin.toString()
            : request.serializedOrigin();
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Accept", "*/*"));
    headers.add(new Header("Access-Control-Request-Method", request.method));
    if (!unsafeNames.isEmpty()) {
      headers.add(new Header("Access-Control-Request-Headers", String.join(",", unsafeNames)));
    }
    headers.add(new Header("Origin", origin));
    if (engine.departs(Departure.PREFLIGHT_HAS_USER_AGENT)) {
      request.headers.stream()
          .filter(header -> header.name().equalsIgnoreCase("User-Agent"))
          .forEach(headers::add);
    }
    if (engine.departs(Departure.PREFLIGHT_HAS_CACHE_HEADERS)) {
      headers.addAll(fetch.network().cacheHeaders(request));
    }
    NetworkFetch.Answer answer =
        fetch
            .network()
            .networkFetch(
                request,
                new WireRequest(
                    "OPTIONS",
                    WireUrl.of(request.currentUrl(), engine),
                    Headers.of(headers),
                    new byte[0],
                    true));
    if (answer.response().isNetworkError()) {
      return answer.response();
    }
    return check(origin, answer.response().headers(), Objects.requireNonNull(answer.wire()));
  }

  /** Steps 7 and 8. */
  private @Nullable Response check(String origin, Headers headers, WireResponse wire) {
    if (engine.departs(Departure.PREFLIGHT_REDIRECT_CHECKED_FIRST)
        && HttpGrammar.isRedirect(wire.status())
        && !Objects.requireNonNullElse(headers.get("Location"), "").isEmpty()) {
      boolean valid =
          RedirectFetch.parse(String.valueOf(headers.get("Location")), request, engine) != null;
      return fail(valid ? Cause.PREFLIGHT_REDIRECT : Cause.REDIRECT_LOCATION, "", wire);
    }
    boolean statusFirst = engine.departs(Departure.PREFLIGHT_STATUS_CHECKED_FIRST);
    if (statusFirst && !HttpGrammar.isOk(wire.status())) {
      return fail(Cause.PREFLIGHT_STATUS, "", wire);
    }
    CorsCheck.Failure failure = CorsCheck.run(origin, request.includesCredentials(), headers);
    boolean passes =
        engine.departs(Departure.PREFLIGHT_TO_OWN_ORIGIN_PASSES)
            && request.origin.isSameOrigin(request.currentUrl().origin());
    if (failure != null && !passes) {
      return fail(failure.cause().ofPreflight(), failure.value(), wire);
    }
    if (!HttpGrammar.isOk(wire.status())) {
      return fail(statusCause(wire), "", wire);
    }
    HttpGrammar.TokenList allowMethods =
        HttpGrammar.tokens(headers, "Access-Control-Allow-Methods");
    HttpGrammar.TokenList allowHeaders =
        HttpGrammar.tokens(headers, "Access-Control-Allow-Headers");
    if (allowMethods.isFailure()) {
      return fail(
          Cause.PREFLIGHT_ALLOW_METHODS_INVALID,
          Objects.requireNonNullElse(allowMethods.invalid(), ""),
          wire);
    }
    List<String> methods = allowMethods.tokens();
    if (!allowMethods.present()
        && request.useCorsPreflight
        && !engine.departs(Departure.UPLOAD_LISTENER_METHODS_NULL)) {
      methods = List.of(request.method);
    }
    Response refused = null;
    if (engine.departs(Departure.PREFLIGHT_METHOD_BEFORE_HEADERS_SYNTAX)) {
      refused = checkMethod(methods, wire);
    }
    if (refused == null && allowHeaders.isFailure()) {
      refused =
          fail(
              Cause.PREFLIGHT_ALLOW_HEADERS_INVALID,
              Objects.requireNonNullElse(allowHeaders.invalid(), ""),
              wire);
    }
    if (refused != null) {
      return refused;
    }
    refused = checkMethod(methods, wire);
    if (refused == null) {
      refused = checkHeaders(allowHeaders.tokens(), wire);
    }
    if (refused == null || engine.departs(Departure.CACHE_STORES_REFUSED_PREFLIGHT)) {
      boolean noStore =
          request.cache == CacheMode.NO_STORE
              && engine.departs(Departure.CACHE_MODES_SKIP_CACHE_AND_STORE);
      if (!noStore) {
        fetch.cache().store(request, methods, allowHeaders.tokens(), fetch.cache().maxAge(headers));
      }
    }
    return refused;
  }

  /** The standard has one reason only; a redirect is told apart for the message. */
  private Cause statusCause(WireResponse wire) {
    String location = wire.headers().get("Location");
    if (location == null
        || (location.isEmpty() && engine.departs(Departure.REDIRECT_EMPTY_LOCATION_IGNORED))
        || !HttpGrammar.isRedirect(wire.status())
        || request.redirect != RedirectMode.FOLLOW) {
      return Cause.PREFLIGHT_STATUS;
    }
    return RedirectFetch.parse(location, request, engine) == null
        ? Cause.REDIRECT_LOCATION
        : Cause.PREFLIGHT_REDIRECT;
  }

  /** Step 7.5. */
  private @Nullable Response checkMethod(List<String> methods, WireResponse wire) {
    boolean allowed =
        methods.contains(request.method)
            || HttpGrammar.isSafelistedMethod(request.method)
            || (!request.includesCredentials() && methods.contains("*"));
    return allowed ? null : fail(Cause.METHOD_NOT_ALLOWED, request.method, wire);
  }

  /** Steps 7.6 and 7.7. */
  private @Nullable Response checkHeaders(List<String> names, WireResponse wire) {
    boolean star = !request.includesCredentials() && names.contains("*");
    List<String> refused = new ArrayList<>();
    String warning = null;
    for (String name : unsafeNames) {
      boolean covered =
          star
              && (!RequestHeaders.isNonWildcard(name)
                  || engine.departs(Departure.AUTHORIZATION_COVERED_BY_STAR));
      if (covered
          && RequestHeaders.isNonWildcard(name)
          && !HttpGrammar.containsIgnoringCase(names, name)) {
        warning = Console.authorizationCoveredByStar(engine, request.currentUrl());
      }
      if (!covered && !HttpGrammar.containsIgnoringCase(names, name)) {
        refused.add(name);
      }
    }
    if (refused.isEmpty()) {
      if (warning != null) {
        fetch.warnings().add(warning);
      }
      return null;
    }
    NetworkError error =
        new NetworkError(
            Cause.HEADER_NOT_ALLOWED, refused.get(0), List.copyOf(refused), request, wire);
    return Response.networkError(error, request.currentUrl());
  }

  private Response fail(Cause cause, String parameter, WireResponse wire) {
    return fetch.networkError(cause, parameter, request, wire);
  }
}
