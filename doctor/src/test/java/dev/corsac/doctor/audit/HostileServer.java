package dev.corsac.doctor.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends some good answers, and from then on the same bytes, the last of them without end. */
final class HostileServer implements AutoCloseable {
  private static final String GOOD = "HTTP/1.1 200 OK\r\nVary: Origin\r\nContent-Length: 0\r\n\r\n";

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int good;
  private final String start;
  private final String endless;

  HostileServer(int good, String start, String endless) throws IOException {
    this.good = good;
    this.start = start;
    this.endless = endless;
    Thread thread = new Thread(this::serve, "hostile-server");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/data";
  }

  private void serve() {
    for (int i = 0; !socket.isClosed(); i++) {
      try (Socket connection = socket.accept()) {
        readHead(connection.getInputStream());
        OutputStream out = connection.getOutputStream();
        out.write((i < good ? GOOD : start).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        while (i >= good && !endless.isEmpty()) {
          out.write(endless.getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
          if (endless.length() == 1) {
            Thread.sleep(20);
          }
        }
      } catch (IOException gone) {
        // The client has hung up, or the test is over.
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void readHead(InputStream in) throws IOException {
    int newlines = 0;
    while (newlines < 2) {
      int b = in.read();
      if (b < 0) {
        return;
      }
      newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
