package dev.corsac.browser;

import dev.corsac.browser.url.Url;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request as it leaves the browser: every header is there, {@code Origin} and {@code Cookie}
 * included.
 *
 * <p>A {@link Browser} makes them by its rules. {@link #of} makes any other, for a tool that asks
 * what no browser would:
 *
 * <pre>
 * permitted    of("GET", "https://api.example.com/data", Headers.of("Origin", "https://a.example:x"))
 * prohibited   a method or a header name that is not a token; a line break, a NUL or a character above U+00FF in a
 *              value; a URL that is not http: or https:
 * </pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class WireRequest {
  private final String method;
  private final Url url;
  private final Headers headers;
  private final byte[] body;
  private final boolean preflight;

  WireRequest(String method, Url url, Headers headers, byte[] body, boolean preflight) {
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.body = body;
    this.preflight = preflight;
  }

  /**
   * A request without a body, of exactly these headers; {@code Host} is the transport's.
   *
   * @throws IllegalArgumentException if it could not be sent as one well-formed request
   */
  public static WireRequest of(String method, String url, Headers headers) {
    Url parsed = Url.parse(url);
    if (parsed == null || !parsed.isHttp()) {
      throw new IllegalArgumentException(
          "'"
              + url
              + "' is not an http or https URL. Write one like https://api.example.com/data.");
    }
    if (!HttpGrammar.isToken(method)) {
      throw new IllegalArgumentException(
          "'" + method + "' is not a method: a token (RFC 9110, 9.1). Write one like GET.");
    }
    for (Header header : headers) {
      if (!HttpGrammar.isToken(header.name()) || !HttpGrammar.isHeaderValue(header.value())) {
        throw new IllegalArgumentException(
            "'"
                + header
                + "' is not a header: a token, a colon, and a value of one line without characters"
                + " above U+00FF (RFC 9110, 5). Write one like Accept: text/html.");
      }
    }
    boolean preflight =
        method.equals("OPTIONS")
            && headers.contains("Origin")
            && headers.contains("Access-Control-Request-Method");
    return new WireRequest(method, parsed, headers, new byte[0], preflight);
  }

  /**
   * The same request with exactly these headers.
   *
   * @throws IllegalArgumentException if it could not be sent as one well-formed request
   */
  public WireRequest withHeaders(Headers newHeaders) {
    WireRequest checked = of(method, url(), newHeaders);
    return new WireRequest(method, url, checked.headers, body, preflight);
  }

  /** The method, in the case in which it is sent. */
  public String method() {
    return method;
  }

  /** The URL, without user name, password and fragment. */
  public String url() {
    return url.seenByServer();
  }

  /** The scheme, {@code http} or {@code https}. */
  public String scheme() {
    return url.scheme();
  }

  /** The host. */
  public String host() {
    return Objects.requireNonNullElse(url.host(), "");
  }

  /** The port, the default one of the scheme if the URL has none. */
  public int port() {
    return url.portOrDefault();
  }

  /** The value of the {@code Host} header. */
  public String authority() {
    return url.authority();
  }

  /** The origin of the URL, serialised: {@code https://api.example.com}. */
  public String origin() {
    return url.origin().toString();
  }

  /** The path and, after a question mark, the query. */
  public String target() {
    return url.requestTarget();
  }

  /** The path. */
  public String path() {
    return url.path();
  }

  /** The headers, without {@code Host}. */
  public Headers headers() {
    return headers;
  }

  /** The joined values of a header, or null. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** The body, empty if there is none. */
  public byte[] body() {
    return body.clone();
  }

  /** Whether this is a CORS-preflight request, which the browser makes by itself. */
  public boolean isPreflight() {
    return preflight;
  }

  Url urlValue() {
    return url;
  }

  @Override
  public String toString() {
    return method + " " + url();
  }
}
