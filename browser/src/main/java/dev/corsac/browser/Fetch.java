package dev.corsac.browser;

import dev.corsac.browser.url.Origin;
import dev.corsac.browser.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One fetch (https://fetch.spec.whatwg.org/#fetching): a method per algorithm of the standard, in
 * its order and words. What an engine does otherwise is asked for as a {@link Departure}.
 */
final class Fetch {
  private final Browser browser;
  private final Engine engine;
  private final NetworkFetch network;
  private final List<Exchange> transcript = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  Fetch(Browser browser) {
    this.browser = browser;
    this.engine = browser.engine();
    this.network = new NetworkFetch(this, browser);
  }

  Engine engine() {
    return engine;
  }

  NetworkFetch network() {
    return network;
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

  /** https://fetch.spec.whatwg.org/#concept-main-fetch. */
  Response mainFetch(Request request) {
    Response response = dispatch(request);
    if (response.isNetworkError() || response.filter() != null) {
      return response;
    }
    if (request.method.equals("HEAD") || HttpGrammar.isNullBodyStatus(response.status())) {
      response = response.withoutBody();
    }
    return switch (request.tainting) {
      case BASIC -> response.basicFiltered();
      case CORS -> response.corsFiltered(exposedNames(request, response.headers()));
      case OPAQUE -> response.opaqueFiltered();
    };
  }

  /** Main fetch, the step that sets response to the result of the first matching statement. */
  Response dispatch(Request request) {
    upgradeMixedContent(request);
    Url url = request.currentUrl();
    if (request.hasHeader("Available-Dictionary")
        && engine.departs(Departure.DICTIONARY_HEADER_REFUSED)) {
      return networkError(Cause.REFUSED_BY_BROWSER, "Available-Dictionary", request, null);
    }
    if (url.hasBadPort()) {
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
      return networkError(Cause.SCHEME_NOT_SUPPORTED, url.scheme(), request, null);
    }
    request.tainting = Request.Tainting.CORS;
    if (request.useCorsPreflight
        || request.needsPreflight
        || (request.unsafeRequest
            && (!HttpGrammar.isSafelistedMethod(request.method)
                || !unsafeNames(request).isEmpty()))) {
      request.needsPreflight |= engine.departs(Departure.REDIRECT_GET_STILL_PREFLIGHTED);
      Response response = httpFetch(request, true);
      if (response.isNetworkError() && !engine.departs(Departure.CACHE_SURVIVES_FAILURE)) {
        cache().clear(request);
      }
      return response;
    }
    return httpFetch(request, false);
  }

  List<String> unsafeNames(Request request) {
    List<Header> headers = request.checkedHeaders();
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
      Response response = DataUrl.fetch(url, engine);
      return response == null
          ? networkError(Cause.REFUSED_BY_BROWSER, "a data: URL that is not one", request, null)
          : response;
    }
    return networkError(Cause.SCHEME_NOT_SUPPORTED, url.scheme(), request, null);
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
    NetworkFetch.Answer answer = network.httpNetworkOrCacheFetch(request);
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
    if (!HttpGrammar.isRedirect(response.status())) {
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
                  && RedirectFetch.locationUrl(request, response, engine) == null
              ? networkError(Cause.REDIRECT_LOCATION, "", request, wire)
              : response.opaqueRedirectFiltered();
      case FOLLOW -> new RedirectFetch(this, request, response, wire).run();
    };
  }

  /** Which cached preflights an engine does not look at; the standard always looks. */
  private boolean bypassesPreflightCache(Request request) {
    boolean conditionalsToo =
        engine.departs(Departure.CACHE_MODES_SKIP_CACHE_AND_STORE)
            || engine.departs(Departure.CACHE_BYPASSED_BY_CONDITIONAL_HEADER);
    CacheMode mode = conditionalsToo ? request.effectiveCacheMode(engine) : request.cache;
    boolean byMode =
        mode == CacheMode.NO_STORE || mode == CacheMode.RELOAD || mode == CacheMode.NO_CACHE;
    return byMode
        && (engine.departs(Departure.CACHE_MODES_SKIP_CACHE)
            || engine.departs(Departure.CACHE_MODES_SKIP_CACHE_AND_STORE));
  }

  /** CORS-exposed header-name list, main fetch. */
  private List<String> exposedNames(Request request, Headers headers) {
    HttpGrammar.TokenList exposed = HttpGrammar.tokens(headers, "Access-Control-Expose-Headers");
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

  /** https://w3c.github.io/webappsec-mixed-content/#upgrade-algorithm. */
  private void upgradeMixedContent(Request request) {
    Url url = request.currentUrl();
    boolean always =
        request.urlList.size() > 1
            && request.page.prohibitsMixedContent()
            && url.scheme().equals("http")
            && engine.departs(Departure.REDIRECTED_IMAGES_ALL_UPGRADED);
    if (request.api == PageRequest.Api.IMG
        && (always || (isMixedContent(request) && !url.hasAddress()))) {
      request.urlList.set(request.urlList.size() - 1, url.withScheme("https"));
    }
  }

  /** https://w3c.github.io/webappsec-mixed-content/#should-block-fetch. */
  private static boolean isMixedContent(Request request) {
    Url url = request.currentUrl();
    return request.page.prohibitsMixedContent()
        && url.scheme().equals("http")
        && !Sites.isLoopback(Objects.requireNonNullElse(url.host(), ""));
  }

  Response networkError(
      Cause cause, String parameter, Request request, @Nullable WireResponse answer) {
    return Response.networkError(
        new NetworkError(cause, parameter, request, answer), request.currentUrl());
  }
}
