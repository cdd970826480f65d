package dev.corsac.attacks.cases;

import dev.corsac.attacks.http.Http1Reader;
import dev.corsac.attacks.http.Reading;
import dev.corsac.attacks.http.Threads;
import dev.corsac.attacks.http.Wire;
import dev.corsac.attacks.lab.Proxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A proxy with all the faults that the oracle is there for: it passes whatever comes at once, reads
 * no bodies, takes any response for the final one, and keeps one connection for everybody whatever
 * is left on it.
 */
final class CarelessProxy implements Proxy {
  private final ServerSocket listener;
  private final int upstreamPort;
  private Wire upstream;

  CarelessProxy(int upstreamPort) {
    this.upstreamPort = upstreamPort;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      upstream = connect();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Threads.start("careless", this::accept);
  }

  private Wire connect() throws IOException {
    return new Wire(new Socket(InetAddress.getLoopbackAddress(), upstreamPort));
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Threads.start("careless", () -> serve(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      Wire wire = new Wire(client);
      while (true) {
        if (!wire.unread().contains("\r\n\r\n")) {
          if (!wire.read(2_000)) {
            return;
          }
          continue;
        }
        wire.send(pass(wire.take(wire.unread().length())));
      }
    } catch (IOException e) {
      // The client gets nothing.
    }
  }

  /** One at a time. */
  private synchronized String pass(String bytes) throws IOException {
    upstream.send(bytes);
    while (true) {
      Reading reading = Http1Reader.TOLERANT.response(upstream.unread(), 0, "GET", false);
      if (reading instanceof Reading.Whole whole) {
        return upstream.take(whole.end());
      }
      if (!upstream.read(500)) {
        upstream = connect();
        return "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";
      }
    }
  }

  @Override
  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public boolean http2() {
    return false;
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
