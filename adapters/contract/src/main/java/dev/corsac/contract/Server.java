package dev.corsac.contract;

/**
 * A running server on the loopback interface.
 *
 * @param port the port it listens on
 * @param stop stops it
 */
public record Server(int port, Stop stop) {

  /** Stops a server. */
  @FunctionalInterface
  public interface Stop {
    /** Stops it, and frees what it holds. */
    void run() throws Exception;
  }
}
