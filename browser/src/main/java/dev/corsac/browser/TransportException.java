package dev.corsac.browser;

import java.io.IOException;

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

  /** Makes an exception of this reason, with a message that says what was seen. */
  public TransportException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** The reason. */
  public Reason reason() {
    return reason;
  }
}
