package dev.corsac.browser;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a {@link Transport} that got no usable response. The page sees a network error, and is
 * not told which.
 */
public final class TransportException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why there is no response. */
  public enum Reason {
    /** The host name has no address. */
    NAME_NOT_RESOLVED,
    /** Nothing listens at that host and port. */
    CONNECTION_REFUSED,
    /** The server's certificate is not trusted, has expired, or is another host's. */
    CERTIFICATE,
    /** The server wants a certificate of the client in the handshake, and there is none. */
    CLIENT_CERTIFICATE,
    /** There is no TLS: the server speaks plain HTTP, or no version or cipher in common. */
    TLS,
    /** There is no connection, for another reason. */
    UNREACHABLE,
    /** The connection ended before the response's header section did. */
    CLOSED,
    /** The response is not HTTP, contradicts itself, or is larger than a browser bears. */
    MALFORMED,
    /** The response did not end in time. */
    TIMEOUT
  }

  private final Reason reason;

  @SuppressWarnings("serial") // No browser is serialised between a response and its reading.
  private final transient @Nullable WireResponse lenientReading;

  /** Makes an exception of this reason, with a message that says what was seen. */
  public TransportException(Reason reason, String message) {
    this(reason, message, null);
  }

  private TransportException(
      Reason reason, @Nullable String message, @Nullable WireResponse lenientReading) {
    super(message);
    this.reason = reason;
    this.lenientReading = lenientReading;
  }

  /**
   * The same exception, for bytes that a lenient network stack takes for this response; null if
   * none does. See {@link Departure#MALFORMED_HEAD_READ}.
   */
  public TransportException readLeniently(@Nullable WireResponse reading) {
    return new TransportException(reason, getMessage(), reading);
  }

  /** The reason. */
  public Reason reason() {
    return reason;
  }

  @Nullable WireResponse lenientReading() {
    return lenientReading;
  }
}
