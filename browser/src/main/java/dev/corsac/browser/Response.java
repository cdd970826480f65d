package dev.corsac.browser;

import dev.corsac.browser.url.Ascii;
import dev.corsac.browser.url.Url;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response of the Fetch standard (https://fetch.spec.whatwg.org/#concept-response): a network
 * error with its reason, or what a server sent, maybe filtered.
 */
final class Response {
  private final @Nullable NetworkError error;
  private final @Nullable ResponseType filter;
  private final int status;
  private final Headers headers;
  private final byte[] body;
  private final @Nullable String bodyError;
  private final Url url;

  private Response(
      @Nullable NetworkError error,
      @Nullable ResponseType filter,
      int status,
      Headers headers,
      byte[] body,
      @Nullable String bodyError,
      Url url) {
    this.error = error;
    this.filter = filter;
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.bodyError = bodyError;
    this.url = url;
  }

  /** https://fetch.spec.whatwg.org/#concept-network-error. */
  static Response networkError(NetworkError error, Url url) {
    return new Response(error, null, 0, Headers.of(), new byte[0], null, url);
  }

  static Response of(WireResponse wire, Headers headers, Url url) {
    return new Response(null, null, wire.status(), headers, wire.body(), wire.bodyError(), url);
  }

  /** The network error's reason, or null if this is no network error. */
  @Nullable NetworkError error() {
    return error;
  }

  boolean isNetworkError() {
    return error != null;
  }

  /** The type it was filtered to, or null if it was not. */
  @Nullable ResponseType filter() {
    return filter;
  }

  int status() {
    return status;
  }

  Headers headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  @Nullable String bodyError() {
    return bodyError;
  }

  Url url() {
    return url;
  }

  /** The same response, whose body is null. */
  Response withoutBody() {
    return new Response(error, filter, status, headers, new byte[0], null, url);
  }

  /** https://fetch.spec.whatwg.org/#concept-filtered-response-basic. */
  Response basicFiltered() {
    return filtered(ResponseType.BASIC, name -> !isForbidden(name));
  }

  /** https://fetch.spec.whatwg.org/#concept-filtered-response-cors. */
  Response corsFiltered(List<String> exposedNames) {
    return filtered(
        ResponseType.CORS,
        name ->
            !isForbidden(name)
                && (isSafelisted(name) || HttpGrammar.containsIgnoringCase(exposedNames, name)));
  }

  /** https://fetch.spec.whatwg.org/#concept-filtered-response-opaque. */
  Response opaqueFiltered() {
    return filtered(ResponseType.OPAQUE, name -> false);
  }

  /** https://fetch.spec.whatwg.org/#concept-filtered-response-opaque-redirect. */
  Response opaqueRedirectFiltered() {
    return filtered(ResponseType.OPAQUE_REDIRECT, name -> false);
  }

  private Response filtered(ResponseType type, java.util.function.Predicate<String> visible) {
    List<Header> kept =
        headers.lines().stream().filter(header -> visible.test(header.name())).toList();
    return new Response(null, type, status, Headers.of(kept), body, bodyError, url);
  }

  /** https://fetch.spec.whatwg.org/#forbidden-response-header-name. */
  private static boolean isForbidden(String name) {
    String lower = Ascii.lower(name);
    return lower.equals("set-cookie") || lower.equals("set-cookie2");
  }

  /** https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name. */
  private static boolean isSafelisted(String name) {
    return switch (Ascii.lower(name)) {
      case "cache-control",
          "content-language",
          "content-length",
          "content-type",
          "expires",
          "last-modified",
          "pragma" ->
          true;
      default -> false;
    };
  }
}
