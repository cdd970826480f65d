package dev.corsac.config;

/**
 * How many connections of clients the gateway keeps; one more is closed at once.
 *
 * @param connections in all; 10,000 if the file says nothing
 * @param connectionsPerAddress from one address, {@link Integer#MAX_VALUE} for any number; 5,000 if
 *     the file says nothing, so that one proxy in front fits, and nobody alone takes all
 */
public record Limits(int connections, int connectionsPerAddress) {
  static final Limits DEFAULT = new Limits(10_000, 5_000);
}
