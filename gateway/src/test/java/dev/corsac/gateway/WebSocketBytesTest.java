package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.Enforcement;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that come together with a WebSocket handshake, or with the response to it. */
class WebSocketBytesTest {
  private static final String HANDSHAKE =
      """
      GET /socket HTTP/1.1
      Host: api.example
      Origin: %s
      Connection: Upgrade
      Upgrade: websocket
      Sec-WebSocket-Version: 13
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

      """
          .formatted(Rig.PAGE)
          .replace("\n", "\r\n");

  private static final String SWITCHED =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

  private static final String GET = "GET /next HTTP/1.1\r\nHost: api.example\r\n\r\n";

  private static Gateway before(RawUpstream upstream) {
    return Rig.start(Rig.config(upstream.uri(), Rig.policy().build()));
  }

  private static Socket connect(Gateway gateway) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static String until(Socket socket, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (text.indexOf(end) < 0) {
      int next = in.read();
      if (next < 0) {
        return text + "<closed>";
      }
      text.append((char) next);
    }
    return text.toString();
  }

  private static void echo(Socket connection) throws IOException {
    connection.getInputStream().transferTo(connection.getOutputStream());
  }

  @Test
  void framesBehindTheResponse_reachTheClient_withTheEnd() throws Exception {
    try (RawUpstream upstream =
            new RawUpstream(
                (head, connection) -> {
                  RawUpstream.send(connection, SWITCHED + "first");
                  connection.close();
                });
        Gateway gateway = before(upstream);
        Socket client = connect(gateway)) {
      RawUpstream.send(client, HANDSHAKE);
      String all = new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(all).startsWith("HTTP/1.1 101").endsWith("\r\n\r\nfirst");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1024, 5000, 400_000})
  void framesBehindTheHandshake_reachTheUpstream_inOrder(int length) throws Exception {
    String frames = text(length);
    try (RawUpstream upstream =
            new RawUpstream(
                (head, connection) -> {
                  // So that all that the client has sent is there before the tunnel is.
                  Thread.sleep(200);
                  RawUpstream.send(connection, SWITCHED);
                  echo(connection);
                });
        Gateway gateway = before(upstream);
        Socket client = connect(gateway)) {
      Thread sender =
          new Thread(
              () -> {
                try {
                  RawUpstream.send(client, HANDSHAKE + frames);
                  RawUpstream.send(client, "later.");
                } catch (IOException e) {
                  // The reader sees that.
                }
              });
      sender.start();
      assertThat(until(client, "\r\n\r\n")).startsWith("HTTP/1.1 101");
      byte[] got = client.getInputStream().readNBytes(length + "later.".length());
      sender.join();
      assertThat(new String(got, StandardCharsets.ISO_8859_1).equals(frames + "later.")).isTrue();
    }
  }

  @Test
  void framesThatBeginInTheHandshakesLastByte_reachTheUpstream() throws Exception {
    try (RawUpstream upstream =
            new RawUpstream(
                (head, connection) -> {
                  RawUpstream.send(connection, SWITCHED);
                  echo(connection);
                });
        Gateway gateway = before(upstream);
        Socket client = connect(gateway)) {
      client.setTcpNoDelay(true);
      RawUpstream.send(client, HANDSHAKE.substring(0, HANDSHAKE.length() - 1));
      Thread.sleep(50);
      RawUpstream.send(client, "\nGET /this/is/a/frame HTTP/1.1\r\n\r\nend.");
      assertThat(until(client, "end."))
          .endsWith("\r\n\r\nGET /this/is/a/frame HTTP/1.1\r\n\r\nend.");
      assertThat(upstream.heads()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40})
  void requestsBehindARefusedHandshake_areRequests(int requests) throws Exception {
    try (RawUpstream upstream =
            new RawUpstream(
                (head, connection) -> {
                  boolean refused = head.startsWith("GET /socket ");
                  RawUpstream.send(
                      connection,
                      refused
                          ? "HTTP/1.1 401 Unauthorized\r\nContent-Length: 5\r\n\r\nlogin"
                          : "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");
                });
        Gateway gateway = before(upstream);
        Socket client = connect(gateway)) {
      RawUpstream.send(client, HANDSHAKE + GET.repeat(requests));
      String all = until(client, "login");
      for (int i = 0; i < requests; i++) {
        all = until(client, "next");
        assertThat(all).startsWith("HTTP/1.1 200").doesNotContain("<closed>");
      }
      assertThat(upstream.heads()).hasSize(1 + requests);
    }
  }

  @Test
  void handshakeOfADeniedOrigin_isRefused_andWhatIsBehindIsARequest() throws Exception {
    try (RawUpstream upstream =
            new RawUpstream(
                (head, connection) ->
                    RawUpstream.send(
                        connection, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext"));
        Gateway gateway =
            Rig.start(
                Rig.config(upstream.uri(), Rig.policy().enforce(Enforcement.UNSAFE).build()));
        Socket client = connect(gateway)) {
      RawUpstream.send(client, HANDSHAKE.replace(Rig.PAGE, "https://evil.example") + GET);
      assertThat(until(client, "next")).startsWith("HTTP/1.1 403").contains("HTTP/1.1 200");
      assertThat(upstream.heads()).hasSize(1).allMatch(head -> head.startsWith("GET /next "));
    }
  }

  private static String text(int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(text.length()).append(' ');
    }
    return text.substring(0, length);
  }
}
