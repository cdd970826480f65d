package dev.corsac.browser;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request as it leaves the browser: every header is there, {@code Origin} and {@code Cookie}
 * included.
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
