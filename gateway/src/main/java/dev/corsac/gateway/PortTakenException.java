package dev.corsac.gateway;

import dev.corsac.config.HostPort;
import java.io.IOException;

/** Another program listens on an address that was asked for. */
public final class PortTakenException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient HostPort address;

  /** For the address that is taken. */
  public PortTakenException(HostPort address) {
    super("port " + address.port() + " on " + address.host() + " is taken by another program");
    this.address = address;
  }

  /** What to throw if nobody can listen on an address: this, if another program does. */
  public static IOException of(HostPort address, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.contains("in use")
        ? new PortTakenException(address)
        : new IOException("cannot listen on " + address + ": " + message, cause);
  }

  /** The address that is taken. */
  public HostPort address() {
    return address;
  }
}
