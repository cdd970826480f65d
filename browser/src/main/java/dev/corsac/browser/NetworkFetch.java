package dev.corsac.browser;

import java.io.IOException;
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
      headers.add(new Header("Accept", "*/*"));
    }
    headers.addAll(request.headers);
    if (request.body == null && (request.method.equals("POST") || request.method.equals("PUT"))) {
      headers.add(new Header("Content-Length", "0"));
    }
    String origin = request.originHeader(engine);
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
    return networkFetch(request, wireRequest, null);
  }

  /** HTTP-network-or-cache fetch asks once again on a new connection after a 421. */
  private Answer networkFetch(
      Request request, WireRequest wireRequest, @Nullable WireResponse misdirected) {
    WireResponse wire;
    try {
      wire = browser.transport().send(wireRequest);
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
    return new Answer(Response.of(wire, headers, request.currentUrl()), wire);
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
