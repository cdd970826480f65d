package dev.corsac.browser;

import java.io.IOException;

/** Thrown by a {@link Transport} that got no usable answer. The page sees a network error. */
public final class TransportException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why there is no answer. */
  public enum Reason {
    /** The host has no address, or nothing listens there. */
    UNREACHABLE,
    /** The connection ended before the answer's header section did. */
    CLOSED,
    /** The answer is not HTTP, contradicts itself, or is larger than a browser bears. */
    MALFORMED,
    /** The answer did not end in time. */
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
