package dev.corsac.attacks.lab;

/** What stands between the clients and the upstream. */
public interface Proxy extends AutoCloseable {
  int port();

  /** Whether it speaks HTTP/2 by prior knowledge on that port, beside HTTP/1. */
  boolean http2();

  @Override
  void close();
}
