package dev.corsac.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sends what a lambda says, byte for byte. */
final class RawServer implements AutoCloseable {
  /** The head of a request. */
  record Asked(String head) {
    String origin() {
      return head.lines()
          .filter(line -> line.startsWith("Origin: "))
          .map(line -> line.substring(8))
          .findFirst()
          .orElse("");
    }
  }

  @FunctionalInterface
  interface Behaviour {
    String answer(Asked asked);
  }

  private final ServerSocket socket;
  private final Behaviour behaviour;
  private final List<String> received = new CopyOnWriteArrayList<>();

  private RawServer(Behaviour behaviour) throws IOException {
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.behaviour = behaviour;
  }

  static RawServer start(Behaviour behaviour) {
    try {
      RawServer server = new RawServer(behaviour);
      Thread thread = new Thread(server::serve, "raw-server");
      thread.setDaemon(true);
      thread.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/data";
  }

  List<String> received() {
    return received;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        String head = head(connection.getInputStream());
        received.add(head);
        String answer = behaviour.answer(new Asked(head));
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException gone) {
        // The client has hung up, or the test is over.
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    int b;
    while (head.indexOf("\r\n\r\n") < 0 && (b = in.read()) >= 0) {
      head.append((char) b);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
