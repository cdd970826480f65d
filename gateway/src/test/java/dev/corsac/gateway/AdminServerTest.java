package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hostile client at the address for health. */
@Execution(ExecutionMode.CONCURRENT)
class AdminServerTest {
  private final Rig rig = new Rig();
  private final int port = rig.gateway().adminPort().orElseThrow();

  @AfterEach
  void close() {
    rig.close();
  }

  private void isAlive() {
    assertThat(Rig.raw(port, "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .contains("{\"status\":\"up\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\nxxx",
        "GET /health/live HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\nxxx",
        "POST /health/live HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n",
        "GET /\u0000 HTTP/1.1\r\nConnection: close\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET /health/live HTTP/1.1\r\nX: ",
        "",
      })
  void whatNeverEnds_isEnded(String start) {
    // Rig.raw waits for the end; an answer of success comes only with one.
    assertThat(Rig.raw(port, start).split("HTTP/1.1 200", -1)).hasSizeLessThanOrEqualTo(2);
    isAlive();
  }

  @Test
  void aHugeHead_isRefused() {
    String head = "GET /health/live HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(10_000) + "\r\n\r\n";
    assertThat(Rig.raw(port, head)).startsWith("HTTP/1.1 431");
    String line = "GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n";
    assertThat(Rig.raw(port, line)).contains(" 414 ");
    isAlive();
  }

  @Test
  void thousandsOfRequestsAtOnce_areAnswered() {
    String all = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".repeat(3000);
    String last = "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    assertThat(Rig.raw(port, all + last).split("HTTP/1.1 200", -1)).hasSize(3002);
  }

  @Test
  void connections_areLimited_andThoseOfThePublicAddressDoNotCount() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 150; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), rig.port()));
      }
      isAlive();
      int refused = 0;
      for (int i = 0; i < 150; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        sockets.add(socket);
      }
      for (Socket socket : sockets.subList(150, 300)) {
        try {
          socket
              .getOutputStream()
              .write(
                  "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"
                      .getBytes(StandardCharsets.ISO_8859_1));
          refused += socket.getInputStream().read() < 0 ? 1 : 0;
        } catch (SocketException e) {
          refused++;
        }
      }
      assertThat(refused).isBetween(1, 150);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
