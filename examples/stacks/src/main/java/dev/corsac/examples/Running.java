package dev.corsac.examples;

/** A server on a port of the loopback interface, and how it is stopped. */
record Running(int port, Stop stop) {

  /** Stops a server. */
  @FunctionalInterface
  interface Stop {
    void run() throws Exception;
  }
}
