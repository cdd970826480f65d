package dev.corsac.browser;

import dev.corsac.browser.url.Url;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
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
  static @Nullable Url locationUrl(Request request, Response response, Engine engine) {
    List<String> values = response.headers().values("Location");
    boolean equal =
        values.stream().distinct().count() == 1
            && engine.departs(Departure.EQUAL_LOCATIONS_ARE_ONE);
    if (values.size() > 1 && !equal) {
      return null;
    }
    Url location = parse(values.isEmpty() ? "" : values.get(0), request, engine);
    return location != null && location.fragment() == null
        ? location.withFragment(request.currentUrl().fragment())
        : location;
  }

  static @Nullable Url parse(String location, Request request, Engine engine) {
    boolean latin1 = engine.departs(Departure.LOCATION_READ_AS_LATIN1);
    return Url.parse(latin1 ? location : text(location), request.currentUrl(), engine.urlRules());
  }

  /** The bytes of a Location: UTF-8, or percent-encoded where they are not. */
  private static String text(String latin1) {
    ByteBuffer bytes = ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1));
    CharBuffer text = CharBuffer.allocate(3 * bytes.remaining());
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = decoder.decode(bytes, text, true);
    while (result.isError()) {
      for (int i = 0; i < result.length(); i++) {
        text.put(String.format(Locale.ROOT, "%%%02X", bytes.get()));
      }
      result = decoder.decode(bytes, text, true);
    }
    return text.flip().toString();
  }

  /** The steps, in order. */
  Response run() {
    if (!response.headers().contains("Location")) {
      return response;
    }
    Url location = locationUrl(request, response, engine);
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
    if (engine.departs(Departure.REDIRECT_SECOND_HOP_SENDS_DROPPED_BODY_HEADERS)) {
      move(RequestHeaders::isBodyHeader, request.droppedByRedirect, request.headers);
    }
    boolean crossOrigin = !request.currentUrl().origin().isSameOrigin(location.origin());
    boolean becomesGet = becomesGet(request.method, crossOrigin);
    if (becomesGet) {
      boolean onlyHere =
          request.method.equals("DELETE")
              && wire.status() != 303
              && engine.departs(Departure.REDIRECT_DELETE_BECOMES_GET);
      request.method = "GET";
      request.becameGet = true;
      request.body = null;
      if (!onlyHere) {
        drop(RequestHeaders::isBodyHeader);
      }
    }
    if (crossOrigin) {
      drop(RequestHeaders::isNonWildcard);
    }
    if (engine.departs(Departure.REDIRECT_SENDS_FIRST_HEADERS)) {
      boolean ofFetch = request.api == PageRequest.Api.FETCH;
      request.sendHeaders(
          ofFetch ? request.firstHeaders() : request.sentHeaders(),
          ofFetch ? becomesGet(request.firstMethod(), crossOrigin) : becomesGet,
          crossOrigin);
    }
    request.urlList.add(location);
    if (lateRefusal != null) {
      return preflightThenRefuse(lateRefusal);
    }
    // Main fetch with recursive true: the outer call filters the response.
    return fetch.dispatch(request);
  }

  private boolean becomesGet(String method, boolean crossOrigin) {
    return switch (method) {
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
    move(name, request.headers, request.droppedByRedirect);
  }

  private static void move(Predicate<String> name, List<Header> from, List<Header> to) {
    for (Header header : List.copyOf(from)) {
      if (name.test(header.name())) {
        from.remove(header);
        to.add(header);
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
