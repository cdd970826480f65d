package dev.corsac.browser;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A response as it comes from the server, before the browser has looked at it.
 *
 * <p>Permitted: any status that is a number, any headers, repeated and malformed ones included.
 * Immutable and thread-safe.
 */
public final class WireResponse {
  private final int status;
  private final Headers headers;
  private final byte[] body;
  private final @Nullable String bodyError;
  private final @Nullable WireResponse lenientReading;

  private WireResponse(
      int status,
      Headers headers,
      byte[] body,
      @Nullable String bodyError,
      @Nullable WireResponse lenientReading) {
    if (status < 0) {
      throw new IllegalArgumentException(
          status + " is not an HTTP status: a number of three digits. Answer with one, like 200.");
    }
    this.status = status;
    this.headers = Objects.requireNonNull(headers, "headers");
    this.body = body;
    this.bodyError = bodyError;
    this.lenientReading = lenientReading;
  }

  /** A response without a body, its headers given as names and values in turn. */
  public static WireResponse of(int status, String... namesAndValues) {
    return of(status, Headers.of(namesAndValues));
  }

  /** A response without a body. */
  public static WireResponse of(int status, Headers headers) {
    return new WireResponse(status, headers, new byte[0], null, null);
  }

  /** This response with a body. */
  public WireResponse withBody(byte[] newBody) {
    return new WireResponse(status, headers, newBody.clone(), bodyError, lenientReading);
  }

  /** This response with a body in UTF-8. */
  public WireResponse withBody(String newBody) {
    return withBody(newBody.getBytes(StandardCharsets.UTF_8));
  }

  /** This response with a body that breaks off: the page gets the response but cannot read it. */
  public WireResponse withBrokenBody(byte[] newBody, String reason) {
    return new WireResponse(
        status, headers, newBody.clone(), Objects.requireNonNull(reason, "reason"), lenientReading);
  }

  /**
   * This response, for bytes that a lenient network stack takes for another one. See {@link
   * Departure#BARE_CR_ENDS_LINE}.
   */
  public WireResponse readLeniently(WireResponse reading) {
    return new WireResponse(
        status, headers, body, bodyError, Objects.requireNonNull(reading, "reading"));
  }

  /** The status. */
  public int status() {
    return status;
  }

  /** The headers. */
  public Headers headers() {
    return headers;
  }

  /** The body, as far as it came. */
  public byte[] body() {
    return body.clone();
  }

  /** Why the body broke off, or null if it is whole. */
  public @Nullable String bodyError() {
    return bodyError;
  }

  WireResponse lenientReading() {
    return lenientReading == null ? this : lenientReading;
  }

  @Override
  public String toString() {
    return status + " " + headers;
  }
}
