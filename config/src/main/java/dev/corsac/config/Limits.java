package dev.corsac.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many connections of clients the gateway keeps; one more is closed at once. Immutable and
 * thread-safe.
 */
public final class Limits {
  /** What a file means that says nothing: one proxy in front fits, and nobody alone takes all. */
  public static final Limits DEFAULT = new Limits(10_000, 5_000);

  private final int connections;
  private final int connectionsPerAddress;

  private Limits(int connections, int connectionsPerAddress) {
    this.connections = connections;
    this.connectionsPerAddress = connectionsPerAddress;
  }

  /** How many in all; 10,000 if the file says nothing. */
  public int connections() {
    return connections;
  }

  /**
   * How many from one address, {@link Integer#MAX_VALUE} for any number; 5,000 if the file says
   * nothing.
   */
  public int connectionsPerAddress() {
    return connectionsPerAddress;
  }

  /** The same with another number in all. */
  public Limits withConnections(int number) {
    return new Limits(number, connectionsPerAddress);
  }

  /** The same with another number from one address. */
  public Limits withConnectionsPerAddress(int number) {
    return new Limits(connections, number);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Limits limits
        && connections == limits.connections
        && connectionsPerAddress == limits.connectionsPerAddress;
  }

  @Override
  public int hashCode() {
    return Objects.hash(connections, connectionsPerAddress);
  }

  @Override
  public String toString() {
    return "connections: "
        + connections
        + ", connections_per_address: "
        + (connectionsPerAddress == Integer.MAX_VALUE ? "off" : connectionsPerAddress);
  }
}
