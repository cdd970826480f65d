package dev.corsac.browser;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One fetch (https://fetch.spec.whatwg.org/#fetching): a method per algorithm of the standard, in
 * its order and words. What an engine does otherwise is asked for as a {@link Departure}.
 */
final class Fetch {
  private final Browser browser;
  private final Engine engine;
  private final List<Exchange> transcript = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  Fetch(Browser browser) {
    this.browser = browser;
    this.engine = browser.engine();
  }

  Engine engine() {
    return engine;
  }

  PreflightCache cache() {
    return browser.preflightCache();
  }

  List<Exchange> transcript() {
    return transcript;
  }

  /** Console lines about what will be refused one day. */
  List<String> warnings() {
    return warnings;
  }

  /** What came of a request on the network: the answer too, unless there was none. */
  record Answer(Response response, @Nullable WireResponse wire) {}

  /** https://fetch.spec.whatwg.org/#concept-main-fetch. */
  Response mainFetch(Request request) {
    Response response = dispatch(request);
    if (response.isNetworkError() || response.filter() != null) {
      return response;
    }
    return switch (request.tainting) {
      case BASIC -> response.basicFiltered();
      case CORS -> response.corsFiltered(exposedNames(request, response.headers()));
      case OPAQUE -> response.opaqueFiltered();
    };
  }

  /** Main fetch, the step that sets response to the result of the first matching statement. */
  private Response dispatch(Request request) {
    Url url = request.currentUrl();
    if (request.hasHeader("Available-Dictionary")
        && engine.departs(Departure.DICTIONARY_HEADER_REFUSED)) {
      return networkError(Cause.REFUSED_BY_BROWSER, "Available-Dictionary", request, null);
    }
    if (isBadPort(url)) {
      return networkError(Cause.BAD_PORT, "", request, null);
    }
    if (isMixedContent(request)) {
      return networkError(Cause.MIXED_CONTENT, "", request, null);
    }
    boolean sameOrigin = url.origin().isSameOrigin(request.origin);
    if ((sameOrigin && request.tainting == Request.Tainting.BASIC) || url.scheme().equals("data")) {
      request.tainting = Request.Tainting.BASIC;
      return schemeFetch(request);
    }
    if (request.mode == Request.Mode.SAME_ORIGIN) {
      Cause cause =
          request.urlList.size() > 1 ? Cause.REDIRECT_LEFT_ORIGIN : Cause.SAME_ORIGIN_MODE;
      return networkError(cause, "", request, null);
    }
    if (request.mode == Request.Mode.NO_CORS) {
      if (request.redirect != RedirectMode.FOLLOW) {
        return networkError(Cause.NO_CORS_REDIRECT_MODE, "", request, null);
      }
      request.tainting = Request.Tainting.OPAQUE;
      return schemeFetch(request);
    }
    if (!url.isHttp()) {
      return networkError(Cause.SCHEME_NOT_SUPPORTED, "", request, null);
    }
    request.tainting = Request.Tainting.CORS;
    if (request.useCorsPreflight
        || request.needsPreflight
        || (request.unsafeRequest
            && (!Http.isSafelistedMethod(request.method) || !unsafeNames(request).isEmpty()))) {
      request.needsPreflight |= engine.departs(Departure.REDIRECT_GET_STILL_PREFLIGHTED);
      Response response = httpFetch(request, true);
      if (response.isNetworkError() && !engine.departs(Departure.CACHE_SURVIVES_FAILURE)) {
        cache().clear(request);
      }
      return response;
    }
    return httpFetch(request, false);
  }

  private List<String> unsafeNames(Request request) {
    List<Header> headers = new ArrayList<>(request.headers);
    for (Header dropped : request.droppedByRedirect) {
      Departure stillNamed =
          RequestHeaders.isNonWildcard(dropped.name())
              ? Departure.REDIRECT_PREFLIGHT_NAMES_AUTHORIZATION
              : Departure.REDIRECT_PREFLIGHT_NAMES_BODY_HEADERS;
      if (engine.departs(stillNamed)) {
        headers.add(dropped);
      }
    }
    return RequestHeaders.unsafeNames(headers, engine);
  }

  /** https://fetch.spec.whatwg.org/#scheme-fetch, as far as there is something to fetch. */
  private Response schemeFetch(Request request) {
    Url url = request.currentUrl();
    if (url.isHttp()) {
      return httpFetch(request, false);
    }
    if (url.scheme().equals("data")) {
      return DataUrl.fetch(url, engine);
    }
    return networkError(Cause.SCHEME_NOT_SUPPORTED, "", request, null);
  }

  /** https://fetch.spec.whatwg.org/#concept-http-fetch. */
  private Response httpFetch(Request request, boolean makeCorsPreflight) {
    if (makeCorsPreflight) {
      List<String> unsafeNames = unsafeNames(request);
      if (bypassesPreflightCache(request) || !cache().covers(request, unsafeNames)) {
        Response refused = new PreflightFetch(this, request, unsafeNames).run();
        if (refused != null) {
          return refused;
        }
      }
    }
    Answer answer = httpNetworkOrCacheFetch(request);
    Response response = answer.response();
    if (response.isNetworkError()) {
      return response;
    }
    WireResponse wire = Objects.requireNonNull(answer.wire());
    if (request.tainting == Request.Tainting.CORS) {
      CorsCheck.Failure failure =
          CorsCheck.run(
              request.serializedOrigin(), request.includesCredentials(), response.headers());
      if (failure != null) {
        return networkError(failure.cause(), failure.value(), request, wire);
      }
    }
    if (request.tainting == Request.Tainting.OPAQUE
        && isBlockedByResourcePolicy(request, response)) {
      return networkError(Cause.RESOURCE_POLICY, "", request, wire);
    }
    if (!Http.isRedirect(response.status())) {
      return response;
    }
    String location = response.headers().get("Location");
    if (request.redirect != RedirectMode.MANUAL
        && engine.departs(
            location == null
                ? Departure.REDIRECT_WITHOUT_LOCATION
                : Departure.REDIRECT_EMPTY_LOCATION_IGNORED)
        && (location == null || location.isEmpty())) {
      return response;
    }
    return switch (request.redirect) {
      case ERROR -> networkError(Cause.REDIRECT_MODE_ERROR, "", request, wire);
      case MANUAL ->
          engine.departs(Departure.REDIRECT_INVALID_LOCATION)
                  && locationUrl(request, response) == null
              ? networkError(Cause.REDIRECT_LOCATION, "", request, wire)
              : response.opaqueRedirectFiltered();
      case FOLLOW -> httpRedirectFetch(request, response, wire);
    };
  }

  /** https://fetch.spec.whatwg.org/#concept-response-location-url; null is failure. */
  private static @Nullable Url locationUrl(Request request, Response response) {
    if (response.headers().values("Location").size() > 1) {
      return null;
    }
    Url location =
        Url.parse(
            Objects.requireNonNullElse(response.headers().get("Location"), ""),
            request.currentUrl());
    return location != null && location.fragment() == null
        ? location.withFragment(request.currentUrl().fragment())
        : location;
  }

  /** https://fetch.spec.whatwg.org/#http-redirect-fetch. */
  private Response httpRedirectFetch(Request request, Response response, WireResponse wire) {
    if (!response.headers().contains("Location")) {
      return response;
    }
    Url location = locationUrl(request, response);
    boolean refused =
        "".equals(response.headers().get("Location"))
            && engine.departs(Departure.REDIRECT_EMPTY_LOCATION_REFUSED);
    if (location == null || refused) {
      return networkError(Cause.REDIRECT_LOCATION, "", request, wire);
    }
    if (!location.isHttp()) {
      if (request.mode == Request.Mode.CORS
          && !isUnsafeRedirect(location)
          && engine.departs(Departure.REDIRECT_SCHEME_CHECKED_BY_CORS)) {
        request.urlList.add(location);
        return networkError(Cause.SCHEME_NOT_SUPPORTED, "", request, wire);
      }
      return networkError(Cause.REDIRECT_SCHEME, location.scheme(), request, wire);
    }
    if (request.redirectCount == 20) {
      return networkError(Cause.REDIRECT_COUNT, "", request, wire);
    }
    request.redirectCount++;
    boolean corsToCredentials =
        (request.mode == Request.Mode.CORS && !request.origin.isSameOrigin(location.origin()))
            || request.tainting == Request.Tainting.CORS;
    Response lateRefusal = null;
    if (location.includesCredentials() && corsToCredentials) {
      Response refusal = networkError(Cause.REDIRECT_CREDENTIALS, "", request, wire);
      if (request.tainting == Request.Tainting.CORS
          || !engine.departs(Departure.REDIRECT_CREDENTIALS_CHECKED_AFTER_PREFLIGHT)) {
        return refusal;
      }
      lateRefusal = refusal;
    } else if (engine.departs(Departure.REDIRECT_LEAVING_ORIGIN_WANTS_CREDENTIALS)) {
      lateRefusal = checkAsIfWithCredentials(request, response, wire);
    }
    if (location.includesCredentials() && engine.departs(Departure.REDIRECT_EMBEDDED_CREDENTIALS)) {
      return networkError(Cause.REDIRECT_CREDENTIALS_ANYWHERE, "", request, wire);
    }
    if (wire.status() != 303 && request.body != null && request.body.isStream()) {
      return networkError(Cause.REDIRECT_STREAM, "", request, wire);
    }
    boolean becomesGet =
        ((wire.status() == 301 || wire.status() == 302) && request.method.equals("POST"))
            || (wire.status() == 303
                && !request.method.equals("GET")
                && !request.method.equals("HEAD"))
            || (request.method.equals("DELETE")
                && !request.currentUrl().origin().isSameOrigin(location.origin())
                && engine.departs(Departure.REDIRECT_DELETE_BECOMES_GET));
    if (engine.departs(Departure.REDIRECT_SECOND_HOP_NAMES_DROPPED_HEADERS)) {
      request.headers.addAll(request.droppedByRedirect);
      request.droppedByRedirect.clear();
    }
    if (becomesGet) {
      request.method = "GET";
      request.becameGet = true;
      request.body = null;
      drop(request, RequestHeaders::isBodyHeader);
    }
    if (!request.currentUrl().origin().isSameOrigin(location.origin())) {
      drop(request, RequestHeaders::isNonWildcard);
    }
    request.urlList.add(location);
    if (lateRefusal != null) {
      return preflightThenRefuse(request, lateRefusal);
    }
    return mainFetchAfterRedirect(request);
  }

  /** A chain that began at the own origin and left it: null if the redirect passes. */
  private @Nullable Response checkAsIfWithCredentials(
      Request request, Response response, WireResponse wire) {
    if (request.tainting != Request.Tainting.CORS
        || request.credentials != CredentialsMode.SAME_ORIGIN
        || !request.url().origin().isSameOrigin(request.origin)) {
      return null;
    }
    CorsCheck.Failure failure = CorsCheck.run(request.serializedOrigin(), true, response.headers());
    return failure == null ? null : networkError(failure.cause(), failure.value(), request, wire);
  }

  /** WebKit's second check of a redirect comes after the next hop's preflight. */
  private Response preflightThenRefuse(Request request, Response refusal) {
    List<String> unsafeNames = unsafeNames(request);
    boolean preflighted =
        request.needsPreflight
            || !Http.isSafelistedMethod(request.method)
            || !unsafeNames.isEmpty();
    if (!preflighted || cache().covers(request, unsafeNames)) {
      return refusal;
    }
    return Objects.requireNonNullElse(
        new PreflightFetch(this, request, unsafeNames).run(), refusal);
  }

  private static void drop(Request request, Predicate<String> name) {
    for (Header header : List.copyOf(request.headers)) {
      if (name.test(header.name())) {
        request.headers.remove(header);
        request.droppedByRedirect.add(header);
      }
    }
  }

  /** Schemes of local content, which Chromium's network stack refuses before CORS is asked. */
  private static boolean isUnsafeRedirect(Url location) {
    return switch (location.scheme()) {
      case "about", "blob", "data", "file", "filesystem" -> true;
      default -> false;
    };
  }

  /** Main fetch with recursive true: the response is filtered by the outer call. */
  private Response mainFetchAfterRedirect(Request request) {
    return dispatch(request);
  }

  /** https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch, without a cache. */
  private Answer httpNetworkOrCacheFetch(Request request) {
    boolean includeCredentials =
        request.credentials == CredentialsMode.INCLUDE
            || (request.credentials == CredentialsMode.SAME_ORIGIN
                && request.tainting == Request.Tainting.BASIC);
    List<Header> headers = new ArrayList<>();
    if (!request.hasHeader("Accept")) {
      headers.add(new Header("Accept", "*/*"));
    }
    headers.addAll(request.headers);
    if (request.body == null && (request.method.equals("POST") || request.method.equals("PUT"))) {
      headers.add(new Header("Content-Length", "0"));
    }
    String origin = RequestOrigin.header(request, engine);
    if (origin != null) {
      headers.add(new Header("Origin", origin));
    }
    if (request.cache == CacheMode.NO_STORE || request.cache == CacheMode.RELOAD) {
      headers.add(new Header("Pragma", "no-cache"));
      headers.add(new Header("Cache-Control", "no-cache"));
    } else if (request.cache == CacheMode.NO_CACHE) {
      headers.add(new Header("Cache-Control", "max-age=0"));
    }
    if (includeCredentials) {
      String cookie = browser.cookies().headerFor(request, engine);
      if (!cookie.isEmpty()) {
        headers.add(new Header("Cookie", cookie));
      }
    }
    byte[] body = request.body == null ? new byte[0] : request.body.toBytes();
    Answer answer =
        networkFetch(
            request,
            new WireRequest(
                request.method,
                WireUrl.of(request.currentUrl(), engine),
                Headers.of(headers),
                body,
                false));
    if (includeCredentials && !answer.response().isNetworkError()) {
      browser.cookies().store(request, engine, answer.response().headers());
    }
    return answer;
  }

  /** https://fetch.spec.whatwg.org/#concept-http-network-fetch. */
  Answer networkFetch(Request request, WireRequest wireRequest) {
    return networkFetch(request, wireRequest, false);
  }

  /** HTTP-network-or-cache fetch asks once again on a new connection after a 421. */
  private Answer networkFetch(Request request, WireRequest wireRequest, boolean again) {
    WireResponse wire;
    try {
      wire = browser.transport().send(wireRequest);
    } catch (IOException noAnswer) {
      transcript.add(new Exchange(wireRequest, null, noAnswer.getMessage()));
      Response error =
          networkError(causeOf(noAnswer), String.valueOf(noAnswer.getMessage()), request, null);
      return new Answer(error, null);
    }
    transcript.add(new Exchange(wireRequest, wire, null));
    if (wire.status() == 421 && !again && (request.body == null || !request.body.isStream())) {
      return networkFetch(request, wireRequest, true);
    }
    String refusal = ResponseHeaders.refusal(wire, engine);
    if (refusal != null) {
      return new Answer(networkError(Cause.REFUSED_BY_BROWSER, refusal, request, wire), wire);
    }
    Headers headers = ResponseHeaders.read(wire.headers(), engine);
    return new Answer(Response.of(wire, headers, request.currentUrl()), wire);
  }

  private static Cause causeOf(IOException noAnswer) {
    if (!(noAnswer instanceof TransportException exception)) {
      return Cause.CONNECTION_CLOSED;
    }
    return switch (exception.reason()) {
      case UNREACHABLE -> Cause.UNREACHABLE;
      case CLOSED -> Cause.CONNECTION_CLOSED;
      case MALFORMED -> Cause.MALFORMED_RESPONSE;
      case TIMEOUT -> Cause.TIMEOUT;
    };
  }

  /** Which cached preflights an engine does not look at; the standard always looks. */
  private boolean bypassesPreflightCache(Request request) {
    boolean byMode =
        request.cache == CacheMode.NO_STORE
            || request.cache == CacheMode.RELOAD
            || request.cache == CacheMode.NO_CACHE;
    boolean conditional = request.headers.stream().anyMatch(header -> isConditional(header.name()));
    if (engine.departs(Departure.CACHE_MODE_BYPASSES)) {
      return byMode || conditional;
    }
    return (byMode && engine.departs(Departure.CACHE_BYPASSED_BY_CACHE_MODE))
        || (conditional
            && request.api == PageRequest.Api.FETCH
            && engine.departs(Departure.CACHE_BYPASSED_BY_CONDITIONAL_HEADER));
  }

  private static boolean isConditional(String name) {
    return switch (Http.lower(name)) {
      case "if-none-match", "if-modified-since", "if-match", "if-range", "if-unmodified-since" ->
          true;
      default -> false;
    };
  }

  /** CORS-exposed header-name list, main fetch. */
  private List<String> exposedNames(Request request, Headers headers) {
    Http.TokenList exposed = Http.tokens(headers, "Access-Control-Expose-Headers");
    boolean star = !request.includesCredentials() && exposed.tokens().contains("*");
    boolean despiteInvalid =
        request.api == PageRequest.Api.FETCH
            && engine.departs(Departure.EXPOSE_STAR_BESIDE_INVALID);
    if (star && (!exposed.isFailure() || despiteInvalid)) {
      return headers.lines().stream().map(Header::name).toList();
    }
    return exposed.isFailure() ? List.of() : exposed.tokens();
  }

  /** https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check, embedder policy none. */
  private boolean isBlockedByResourcePolicy(Request request, Response response) {
    String policy =
        Objects.requireNonNullElse(response.headers().get("Cross-Origin-Resource-Policy"), "");
    Origin target = response.url().origin();
    return switch (policy) {
      case "same-origin" -> !request.origin.isSameOrigin(target);
      case "same-site" ->
          !browser.sites().isSchemelesslySameSite(request.origin, target)
              || ("https".equals(target.scheme()) && !"https".equals(request.origin.scheme()));
      default -> false;
    };
  }

  /** https://fetch.spec.whatwg.org/#block-bad-port. */
  private static boolean isBadPort(Url url) {
    return url.isHttp() && BadPorts.contains(url.portOrDefault());
  }

  /** https://w3c.github.io/webappsec-mixed-content/#should-block-fetch, for blockable content. */
  private static boolean isMixedContent(Request request) {
    Url url = request.currentUrl();
    return request.page.prohibitsMixedContent()
        && url.scheme().equals("http")
        && request.api != PageRequest.Api.IMG
        && !Sites.isLoopback(Objects.requireNonNullElse(url.host(), ""));
  }

  Response networkError(
      Cause cause, String parameter, Request request, @Nullable WireResponse answer) {
    return Response.networkError(
        new Block(cause, parameter, request, answer), request.currentUrl());
  }
}
