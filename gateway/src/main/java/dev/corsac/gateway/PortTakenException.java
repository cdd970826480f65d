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

  /** The address that is taken. */
  public HostPort address() {
    return address;
  }
}
