package dev.corsac.browser;

import dev.corsac.browser.url.Origin;
import dev.corsac.browser.url.Url;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of the Fetch standard (https://fetch.spec.whatwg.org/#concept-request). Mutable, as
 * there: redirects change it. Lives within one call of {@link Browser#load}.
 */
final class Request {
  /** https://fetch.spec.whatwg.org/#concept-request-mode. */
  enum Mode {
    SAME_ORIGIN,
    CORS,
    NO_CORS
  }

  /** https://fetch.spec.whatwg.org/#concept-request-response-tainting. */
  enum Tainting {
    BASIC,
    CORS,
    OPAQUE
  }

  final PageRequest.Api api;
  final Page page;
  final Origin origin;
  final List<Url> urlList = new ArrayList<>();
  String method = "GET";
  List<Header> headers = new ArrayList<>();
  @Nullable Body body;
  Mode mode = Mode.NO_CORS;
  CredentialsMode credentials = CredentialsMode.SAME_ORIGIN;
  RedirectMode redirect = RedirectMode.FOLLOW;
  CacheMode cache = CacheMode.DEFAULT;
  String referrerPolicy = "strict-origin-when-cross-origin";
  Tainting tainting = Tainting.BASIC;
  boolean unsafeRequest;
  boolean useCorsPreflight;
  int redirectCount;

  // What engines remember beyond the standard's request.

  /** Headers that redirects took away. */
  final List<Header> droppedByRedirect = new ArrayList<>();

  private String firstMethod = "GET";
  private List<Header> firstHeaders = List.of();
  private @Nullable List<Header> sentHeaders;

  /** A header that is sent without being asked for in a preflight. */
  @Nullable Header unchecked;

  /** Whether a preflight is due although nothing of the request needs one any more. */
  boolean needsPreflight;

  /** Whether a redirect turned the method into GET. */
  boolean becameGet;

  Request(PageRequest.Api api, Page page, Url url) {
    this.api = api;
    this.page = page;
    this.origin = page.originValue();
    urlList.add(url);
  }

  Url currentUrl() {
    return urlList.get(urlList.size() - 1);
  }

  Url url() {
    return urlList.get(0);
  }

  boolean hasHeader(String name) {
    return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
  }

  /** HTTP-network-or-cache fetch: what conditional headers make of the cache mode. */
  CacheMode effectiveCacheMode(Engine engine) {
    boolean conditional =
        headers.stream().anyMatch(header -> RequestHeaders.isConditional(header.name()));
    if (cache != CacheMode.DEFAULT || !conditional) {
      return cache;
    }
    if (engine.departs(Departure.CONDITIONAL_REQUEST_REVALIDATES)) {
      return page.context().isWorker() ? CacheMode.DEFAULT : CacheMode.NO_CACHE;
    }
    boolean unchanged =
        api == PageRequest.Api.XHR && engine.departs(Departure.XHR_CONDITIONAL_KEEPS_CACHE_MODE);
    return unchanged ? CacheMode.DEFAULT : CacheMode.NO_STORE;
  }

  /** Remembers the request as the page has made it. */
  void begin() {
    firstMethod = method;
    firstHeaders = List.copyOf(headers);
  }

  String firstMethod() {
    return firstMethod;
  }

  List<Header> firstHeaders() {
    return firstHeaders;
  }

  /** From now on these headers are sent, but for some. */
  void sendHeaders(List<Header> from, boolean withoutBodyHeaders, boolean withoutAuthorization) {
    sentHeaders =
        from.stream()
            .filter(
                header ->
                    !(withoutBodyHeaders && RequestHeaders.isBodyHeader(header.name()))
                        && !(withoutAuthorization && RequestHeaders.isNonWildcard(header.name())))
            .toList();
  }

  /** The headers that go out, as far as the page has given them. */
  List<Header> sentHeaders() {
    return sentHeaders == null ? headers : sentHeaders;
  }

  /** The headers whose safety is asked about. */
  List<Header> checkedHeaders() {
    List<Header> checked = new ArrayList<>(headers);
    if (unchecked != null) {
      checked.remove(unchecked);
    }
    return checked;
  }

  boolean includesCredentials() {
    return credentials == CredentialsMode.INCLUDE;
  }

  /**
   * Whether https://fetch.spec.whatwg.org/#concept-request-redirect-taint is not "same-origin": a
   * foreign origin sent the request on to yet another one.
   */
  boolean isRedirectTainted() {
    Url last = null;
    for (Url url : urlList) {
      if (last != null
          && !url.origin().isSameOrigin(last.origin())
          && !origin.isSameOrigin(last.origin())) {
        return true;
      }
      last = url;
    }
    return false;
  }

  /** Whether a redirect went from one origin to another. */
  boolean crossedOrigins() {
    for (int i = 1; i < urlList.size(); i++) {
      if (!urlList.get(i).origin().isSameOrigin(urlList.get(i - 1).origin())) {
        return true;
      }
    }
    return false;
  }

  /** https://fetch.spec.whatwg.org/#serializing-a-request-origin. */
  String serializedOrigin() {
    return isRedirectTainted() ? "null" : origin.toString();
  }

  /**
   * The value of the {@code Origin} header, or null for none
   * (https://fetch.spec.whatwg.org/#append-a-request-origin-header).
   */
  @Nullable String originHeader(Engine engine) {
    String serialized = serializedOrigin();
    if (tainting == Tainting.CORS) {
      return serialized;
    }
    boolean element =
        switch (api) {
          case FETCH, XHR, EVENTSOURCE -> false;
          case IMG, SCRIPT, MODULE, STYLE, FONT -> true;
        };
    if (element && mode == Mode.CORS && engine.departs(Departure.ELEMENT_SENDS_ORIGIN_TO_SELF)) {
      return serialized;
    }
    if (becameGet && engine.departs(Departure.REDIRECT_GET_KEEPS_ORIGIN)) {
      return serialized;
    }
    if (method.equals("GET") || method.equals("HEAD")) {
      return null;
    }
    if (mode == Mode.CORS) {
      return serialized;
    }
    if (mode == Mode.NO_CORS
        && crossedOrigins()
        && engine.departs(Departure.NO_CORS_REDIRECT_NULLS_ORIGIN)) {
      return "null";
    }
    if (engine.departs(Departure.ORIGIN_IGNORES_REFERRER_POLICY)) {
      return serialized;
    }
    return switch (referrerPolicy) {
      case "no-referrer" -> "null";
      case "no-referrer-when-downgrade", "strict-origin", "strict-origin-when-cross-origin" ->
          "https".equals(origin.scheme()) && !currentUrl().scheme().equals("https")
              ? "null"
              : serialized;
      case "same-origin" -> origin.isSameOrigin(currentUrl().origin()) ? serialized : "null";
      default -> serialized;
    };
  }
}
