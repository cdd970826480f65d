package dev.corsac.browser;

import dev.corsac.browser.url.Url;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** HTTP-redirect fetch (https://fetch.spec.whatwg.org/#http-redirect-fetch). */
final class RedirectFetch {
  private final Fetch fetch;
  private final Engine engine;
  private final Request request;
  private final Response response;
  private final WireResponse wire;

  RedirectFetch(Fetch fetch, Request request, Response response, WireResponse wire) {
    this.fetch = fetch;
    this.engine = fetch.engine();
    this.request = request;
    this.response = response;
    this.wire = wire;
  }

  /** https://fetch.spec.whatwg.org/#concept-response-location-url; null is failure. */
  static @Nullable Url locationUrl(Request request, Response response) {
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

  /** The steps, in order. */
  Response run() {
    if (!response.headers().contains("Location")) {
      return response;
    }
    Url location = locationUrl(request, response);
    boolean refused =
        "".equals(response.headers().get("Location"))
            && engine.departs(Departure.REDIRECT_EMPTY_LOCATION_REFUSED);
    if (location == null || refused) {
      return fetch.networkError(Cause.REDIRECT_LOCATION, "", request, wire);
    }
    if (!location.isHttp()) {
      if (request.mode == Request.Mode.CORS
          && !isUnsafeRedirect(location)
          && engine.departs(Departure.REDIRECT_SCHEME_CHECKED_BY_CORS)) {
        request.urlList.add(location);
        return fetch.networkError(Cause.SCHEME_NOT_SUPPORTED, "", request, wire);
      }
      return fetch.networkError(Cause.REDIRECT_SCHEME, location.scheme(), request, wire);
    }
    if (request.redirectCount == 20) {
      return fetch.networkError(Cause.REDIRECT_COUNT, "", request, wire);
    }
    request.redirectCount++;
    boolean corsToCredentials =
        (request.mode == Request.Mode.CORS && !request.origin.isSameOrigin(location.origin()))
            || request.tainting == Request.Tainting.CORS;
    Response lateRefusal = null;
    if (location.includesCredentials() && corsToCredentials) {
      Response refusal = fetch.networkError(Cause.REDIRECT_CREDENTIALS, "", request, wire);
      if (request.tainting == Request.Tainting.CORS
          || !engine.departs(Departure.REDIRECT_CREDENTIALS_CHECKED_AFTER_PREFLIGHT)) {
        return refusal;
      }
      lateRefusal = refusal;
    } else if (engine.departs(Departure.REDIRECT_LEAVING_ORIGIN_WANTS_CREDENTIALS)) {
      lateRefusal = checkAsIfWithCredentials();
    }
    if (location.includesCredentials() && engine.departs(Departure.REDIRECT_EMBEDDED_CREDENTIALS)) {
      return fetch.networkError(Cause.REDIRECT_CREDENTIALS_ANYWHERE, "", request, wire);
    }
    if (wire.status() != 303 && request.body != null && request.body.isStream()) {
      return fetch.networkError(Cause.REDIRECT_STREAM, "", request, wire);
    }
    if (engine.departs(Departure.REDIRECT_SECOND_HOP_NAMES_DROPPED_HEADERS)) {
      request.headers.addAll(request.droppedByRedirect);
      request.droppedByRedirect.clear();
    }
    boolean crossOrigin = !request.currentUrl().origin().isSameOrigin(location.origin());
    if (becomesGet(crossOrigin)) {
      request.method = "GET";
      request.becameGet = true;
      request.body = null;
      drop(RequestHeaders::isBodyHeader);
    }
    if (crossOrigin) {
      drop(RequestHeaders::isNonWildcard);
    }
    request.urlList.add(location);
    if (lateRefusal != null) {
      return preflightThenRefuse(lateRefusal);
    }
    // Main fetch with recursive true: the outer call filters the response.
    return fetch.dispatch(request);
  }

  private boolean becomesGet(boolean crossOrigin) {
    return switch (request.method) {
      case "GET", "HEAD" -> false;
      case "POST" -> wire.status() == 301 || wire.status() == 302 || wire.status() == 303;
      case "DELETE" ->
          wire.status() == 303
              || (crossOrigin && engine.departs(Departure.REDIRECT_DELETE_BECOMES_GET));
      default -> wire.status() == 303;
    };
  }

  /** A chain that began at the own origin and left it: null if the redirect passes. */
  private @Nullable Response checkAsIfWithCredentials() {
    if (request.tainting != Request.Tainting.CORS
        || request.credentials != CredentialsMode.SAME_ORIGIN
        || !request.url().origin().isSameOrigin(request.origin)) {
      return null;
    }
    CorsCheck.Failure failure = CorsCheck.run(request.serializedOrigin(), true, response.headers());
    return failure == null
        ? null
        : fetch.networkError(failure.cause(), failure.value(), request, wire);
  }

  /** WebKit's second check of a redirect comes after the next hop's preflight. */
  private Response preflightThenRefuse(Response refusal) {
    List<String> unsafeNames = fetch.unsafeNames(request);
    boolean preflighted =
        request.needsPreflight
            || !HttpGrammar.isSafelistedMethod(request.method)
            || !unsafeNames.isEmpty();
    if (!preflighted || fetch.cache().covers(request, unsafeNames)) {
      return refusal;
    }
    return Objects.requireNonNullElse(
        new PreflightFetch(fetch, request, unsafeNames).run(), refusal);
  }

  private void drop(Predicate<String> name) {
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
}
