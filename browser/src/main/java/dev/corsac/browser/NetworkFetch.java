package dev.corsac.browser;

import dev.corsac.browser.url.Url;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** HTTP-network-or-cache fetch, without a cache, and HTTP-network fetch. */
final class NetworkFetch {
  private final Fetch fetch;
  private final Browser browser;
  private final Engine engine;

  NetworkFetch(Fetch fetch, Browser browser) {
    this.fetch = fetch;
    this.browser = browser;
    this.engine = browser.engine();
  }

  /** What came of a request on the network: the response too, unless there was none. */
  record Answer(Response response, @Nullable WireResponse wire) {}

  /** https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch, without a cache. */
  Answer httpNetworkOrCacheFetch(Request request) {
    boolean includeCredentials =
        request.credentials == CredentialsMode.INCLUDE
            || (request.credentials == CredentialsMode.SAME_ORIGIN
                && request.tainting == Request.Tainting.BASIC);
    List<Header> headers = new ArrayList<>();
    if (!request.hasHeader("Accept")) {
      headers.add(new Header("Accept", accept(request)));
    }
    headers.addAll(
        engine.departs(Departure.SINGLETON_HEADERS_NOT_JOINED)
            ? RequestHeaders.lastOfSingletons(request.sentHeaders())
            : request.sentHeaders());
    Body body = request.body;
    boolean mayHaveBody = request.method.equals("POST") || request.method.equals("PUT");
    if (body == null ? mayHaveBody : !body.isStream() && body.toBytes().length == 0) {
      headers.add(new Header("Content-Length", "0"));
    }
    String origin = request.originHeader(engine);
    if (origin != null) {
      headers.add(new Header("Origin", origin));
    }
    for (Header header : cacheHeaders(request)) {
      if (!request.hasHeader(header.name())) {
        headers.add(header);
      }
    }
    if (includeCredentials) {
      String cookie = browser.cookies().headerFor(request);
      if (!cookie.isEmpty()) {
        headers.add(new Header("Cookie", cookie));
      }
    }
    Answer answer =
        networkFetch(
            request,
            new WireRequest(
                request.method,
                WireUrl.of(request.currentUrl(), engine),
                Headers.of(headers.stream().map(this::asSent).toList()),
                body == null ? new byte[0] : body.toBytes(),
                false));
    if (includeCredentials && !answer.response().isNetworkError()) {
      browser.cookies().store(request, answer.response().headers());
    }
    return answer;
  }

  private Header asSent(Header header) {
    if (!engine.departs(Departure.HEADER_VALUES_SENT_AS_UTF8)) {
      return header;
    }
    byte[] bytes = header.value().getBytes(StandardCharsets.UTF_8);
    return new Header(header.name(), new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** https://html.spec.whatwg.org/#dom-eventsource, and what elements ask for is not modelled. */
  private static String accept(Request request) {
    return request.api == PageRequest.Api.EVENTSOURCE ? "text/event-stream" : "*/*";
  }

  /** What the cache mode adds to a request and, in some engines, to its preflight. */
  List<Header> cacheHeaders(Request request) {
    CacheMode mode = request.effectiveCacheMode(engine);
    List<Header> headers = new ArrayList<>();
    boolean dropped =
        request.crossedOrigins() && engine.departs(Departure.REDIRECT_DROPS_CACHE_HEADERS);
    if (mode == CacheMode.NO_STORE || mode == CacheMode.RELOAD) {
      if (!dropped) {
        headers.add(new Header("Pragma", "no-cache"));
      }
      if (!dropped || request.api == PageRequest.Api.EVENTSOURCE) {
        headers.add(new Header("Cache-Control", "no-cache"));
      }
    } else if (mode == CacheMode.NO_CACHE && !dropped) {
      headers.add(new Header("Cache-Control", "max-age=0"));
    }
    return headers;
  }

  /** https://fetch.spec.whatwg.org/#concept-http-network-fetch. */
  Answer networkFetch(Request request, WireRequest wireRequest) {
    return networkFetch(request, wireRequest, null);
  }

  /** HTTP-network-or-cache fetch asks once again on a new connection after a 421. */
  private Answer networkFetch(
      Request request, WireRequest wireRequest, @Nullable WireResponse misdirected) {
    WireResponse wire;
    try {
      wire = send(wireRequest);
    } catch (IOException noAnswer) {
      fetch.transcript().add(new Exchange(wireRequest, noAnswer));
      Response error =
          fetch.networkError(
              causeOf(noAnswer), String.valueOf(noAnswer.getMessage()), request, null);
      return new Answer(error, null);
    }
    fetch.transcript().add(new Exchange(wireRequest, wire));
    if (wire.status() == 421
        && misdirected == null
        && (request.body == null || !request.body.isStream())) {
      return networkFetch(request, wireRequest, wire);
    }
    String refusal = ResponseHeaders.refusal(wire, engine);
    if (refusal != null) {
      return new Answer(fetch.networkError(Cause.REFUSED_BY_BROWSER, refusal, request, wire), wire);
    }
    Headers headers = ResponseHeaders.read(wire.headers(), engine);
    if (misdirected != null && engine.departs(Departure.RETRY_REPEATS_CONTENT_TYPE)) {
      headers = withContentTypeOf(misdirected, headers);
    }
    Url url = WireUrl.shown(request, engine);
    return new Answer(Response.of(wire, headers, url), wire);
  }

  private WireResponse send(WireRequest request) throws IOException {
    try {
      WireResponse wire = browser.transport().send(request);
      return engine.departs(Departure.BARE_CR_ENDS_LINE) ? wire.lenientReading() : wire;
    } catch (TransportException malformed) {
      WireResponse reading = malformed.lenientReading();
      // A header section that was cut off could have been cut off by someone else, but not in TLS.
      boolean cutOff = malformed.reason() == TransportException.Reason.CLOSED;
      if (reading == null
          || !engine.departs(Departure.MALFORMED_HEAD_READ)
          || (cutOff && request.scheme().equals("https"))) {
        throw malformed;
      }
      return reading;
    }
  }

  private static Cause causeOf(IOException noAnswer) {
    if (!(noAnswer instanceof TransportException exception)) {
      return Cause.CONNECTION_CLOSED;
    }
    return switch (exception.reason()) {
      case NAME_NOT_RESOLVED,
          CONNECTION_REFUSED,
          CERTIFICATE,
          CLIENT_CERTIFICATE,
          TLS,
          UNREACHABLE ->
          Cause.UNREACHABLE;
      case CLOSED -> Cause.CONNECTION_CLOSED;
      case MALFORMED -> Cause.MALFORMED_RESPONSE;
      case TIMEOUT -> Cause.TIMEOUT;
    };
  }

  private static Headers withContentTypeOf(WireResponse first, Headers second) {
    String before = first.headers().get("Content-Type");
    String type = second.get("Content-Type");
    return before == null || type == null
        ? second
        : second.without("Content-Type").with("Content-Type", before + "," + type);
  }
}
