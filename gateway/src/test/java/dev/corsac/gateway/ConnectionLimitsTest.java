package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.config.Limits;
import dev.corsac.config.Timeouts;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that stay, wait, send or read longer than they may, and those that may. */
@Execution(ExecutionMode.CONCURRENT)
class ConnectionLimitsTest {
  /** From then on a connection without a request gives way to others. */
  private static final Duration WAITS_FOR_LONG = Duration.ofSeconds(1);

  private static final Duration SHORT = Duration.ofMillis(700);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Limits LIMITS = Rig.limits(1000, 1000);
  private static final String GET = "GET / HTTP/1.1\r\nHost: api.example\r\n\r\n";

  private final Rig rig = new Rig(timeouts(LONG, LONG, LONG), LIMITS);
  private final List<Socket> sockets = new ArrayList<>();

  private static Timeouts timeouts(Duration idle, Duration head, Duration webSocket) {
    return Rig.all(LONG)
        .withIdle(idle)
        .withHead(head)
        .withWebSocket(webSocket)
        .withStop(Duration.ofSeconds(2));
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    rig.close();
  }

  private Socket connect(String text) throws IOException {
    Socket socket = new Socket();
    // Small, so that what is not read waits in the gateway.
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.port()));
    sockets.add(socket);
    socket.setSoTimeout(20_000);
    return send(socket, text);
  }

  private static Socket send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  /** What comes until the gateway closes. */
  private static String rest(Socket socket) throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(received);
    } catch (SocketException e) {
      // A reset is an end.
    }
    return received.toString(StandardCharsets.ISO_8859_1);
  }

  /** The response to one more request, if the connection is still there. */
  private static String another(Socket socket) throws IOException {
    try {
      return response(send(socket, GET));
    } catch (SocketException e) {
      return "<closed>"; // A reset is an end.
    }
  }

  private static String response(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (!text.toString().endsWith("ok")) {
      int next = in.read();
      if (next < 0) {
        return text + "<closed>";
      }
      text.append((char) next);
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clientsThatSendHalfAHead_orNothing_keepNobodyOut(boolean perAddress) throws Exception {
    Duration longer = LONG.multipliedBy(2);
    rig.reload(
        timeouts(longer, longer, longer), perAddress ? Rig.limits(1000, 20) : Rig.limits(20, 1000));
    Socket busy = connect(GET);
    long used = System.nanoTime();
    assertThat(response(busy)).startsWith("HTTP/1.1 200");
    for (int i = 0; i < 19; i++) {
      connect(i % 2 == 0 ? "" : "GET / HTTP/1.1\r\nX: ");
    }
    assertThat(refused()).isTrue();
    long deadline = System.nanoTime() + LONG.toNanos();
    for (int i = 0; i < 40; i++) {
      while (refused()) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.sleep(20);
      }
      String response = another(busy);
      if (response.equals("<closed>") && System.nanoTime() - used >= WAITS_FOR_LONG.toNanos()) {
        // This machine stood still for so long that it was one of those that only wait.
        busy = connect(GET);
        response = response(busy);
      }
      assertThat(response).startsWith("HTTP/1.1 200");
      used = System.nanoTime();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void connections_areLimited_andFreedByClosing(boolean perAddress) throws Exception {
    rig.reload(timeouts(LONG, LONG, LONG), perAddress ? Rig.limits(1000, 3) : Rig.limits(3, 1000));
    for (int i = 0; i < 3; i++) {
      assertThat(response(connect(GET))).startsWith("HTTP/1.1 200");
    }
    for (int i = 0; i < 5; i++) {
      assertThat(refused()).isTrue();
    }
    assertThat(response(send(sockets.get(0), GET))).startsWith("HTTP/1.1 200");

    sockets.get(0).close();
    long deadline = System.nanoTime() + LONG.toNanos();
    while (refused()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(20);
    }
    rig.reload(timeouts(LONG, LONG, LONG), LIMITS);
    assertThat(response(connect(GET))).startsWith("HTTP/1.1 200");
  }

  private boolean refused() throws IOException {
    try (Socket socket = connect("")) {
      send(socket, GET);
      return !response(socket).startsWith("HTTP/1.1 200");
    } catch (SocketException e) {
      return true;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|``",
        "G|A",
        "GET / HTTP/1.1\\r\\nX: |a",
        "GET / HTTP/1.1\\r\\n|a:b\\r\\n",
        "\\r\\n|\\r\\n",
        "PRI * HTTP/2.0\\r\\n\\r\\n|``"
      })
  void aHeadThatDrips_isNotWaitedFor(String start, String drop) throws Exception {
    rig.reload(timeouts(LONG, SHORT, LONG), LIMITS);
    Socket socket = connect(start.translateEscapes());
    AtomicBoolean ended = new AtomicBoolean();
    Thread dripping =
        new Thread(
            () -> {
              try {
                while (!ended.get()) {
                  send(socket, drop.translateEscapes());
                  Thread.sleep(50);
                }
              } catch (IOException | InterruptedException e) {
                // Closed meanwhile.
              }
            });
    dripping.start();
    rest(socket);
    ended.set(true);
    dripping.join();
  }

  @Test
  void aSecondHeadThatDrips_isNotWaitedForEither() throws Exception {
    rig.reload(timeouts(LONG, SHORT, LONG), LIMITS);
    Socket socket = connect(GET);
    assertThat(response(socket)).startsWith("HTTP/1.1 200");
    send(socket, "GET / HT");
    assertThat(rest(socket)).isEmpty();
  }

  @Test
  void tooManyHeaders_431_howeverShortTheyAre() throws Exception {
    String headers = "a:b\r\n".repeat(300);
    assertThat(rest(connect("GET / HTTP/1.1\r\nHost: api.example\r\n" + headers + "\r\n")))
        .startsWith("HTTP/1.1 431");
    headers = "a:b\r\n".repeat(200);
    assertThat(response(connect("GET / HTTP/1.1\r\nHost: api.example\r\n" + headers + "\r\n")))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void anIdleConnection_isClosed() throws Exception {
    Socket socket = connect(GET);
    assertThat(response(socket)).startsWith("HTTP/1.1 200");
    // It counts for connections that are there.
    rig.reload(timeouts(SHORT, LONG, LONG), LIMITS);
    assertThat(rest(socket)).isEmpty();
  }

  @Test
  void aRequestThatWaitsForItsUpstream_isNotIdle() throws Exception {
    rig.upstreamDoes(request -> rig.later(2500, () -> request.response().end("ok")));
    rig.reload(timeouts(SHORT, LONG, LONG), LIMITS);
    assertThat(response(connect(GET))).startsWith("HTTP/1.1 200").endsWith("ok");
  }

  @Test
  void aClientThatReadsSlowly_isWaitedFor_oneThatTrickles_isNot() throws Exception {
    rig.upstreamDoes(
        request -> request.response().end(Buffer.buffer(new byte[3_000_000]).appendString("ok")));
    rig.reload(timeouts(Duration.ofMillis(1500), LONG, LONG), LIMITS);
    Socket slow = connect(GET);
    int read = 0;
    byte[] part = new byte[20_000];
    while (read < 3_000_000) {
      int now = slow.getInputStream().read(part);
      assertThat(now).as("after %s bytes", read).isPositive();
      read += now;
      Thread.sleep(now * 20L / part.length);
    }

    Socket trickling = connect(GET);
    long received = 0;
    try {
      for (int i = 0; i < 100; i++) {
        received += trickling.getInputStream().read(part, 0, 10);
        Thread.sleep(50);
      }
      received += rest(trickling).length();
    } catch (SocketException e) {
      // Reset, as it should be.
    }
    assertThat(received).isLessThan(3_000_000);
  }

  @Test
  void aQuietWebSocket_livesLonger_butNotForEver() throws Exception {
    rig.upstreamDoes(ConnectionLimitsTest::echo);
    rig.reload(timeouts(SHORT, LONG, Duration.ofSeconds(4)), LIMITS);
    Socket socket =
        connect(
            String.join(
                "\r\n",
                "GET / HTTP/1.1",
                "Host: api.example",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "",
                ""));
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) socket.getInputStream().read());
    }
    assertThat(head).startsWith("HTTP/1.1 101");
    Thread.sleep(2 * SHORT.toMillis());
    // A masked text frame of two characters.
    socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'o', 'k'});
    assertThat(response(socket)).endsWith("ok");
    rest(socket);
  }

  private static void echo(HttpServerRequest request) {
    request.toWebSocket().onSuccess(socket -> socket.textMessageHandler(socket::writeTextMessage));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GET,
        "POST / HTTP/1.1\r\nHost: api.example\r\nContent-Length: 1\r\n\r\nx",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"
      })
  void thousandsOfPipelinedRequests_areAnsweredInOrder(String request) throws Exception {
    int many = 3000;
    rig.upstreamDoes(up -> up.endHandler(end -> up.response().end("[" + up.uri() + "]")).resume());
    Socket socket = connect("");
    Thread sender =
        new Thread(
            () -> {
              try {
                StringBuilder all = new StringBuilder();
                for (int i = 0; i < many; i++) {
                  all.append(request.replace(" / ", " /" + i + " "));
                }
                send(socket, all.toString());
              } catch (IOException e) {
                // The receiver sees it.
              }
            });
    sender.start();
    StringBuilder text = new StringBuilder();
    InputStream in = socket.getInputStream();
    byte[] part = new byte[16384];
    for (int i = 0; i < many; i++) {
      String next = "[/" + i + "]";
      int at = text.indexOf(next);
      while (at < 0) {
        int n = in.read(part);
        assertThat(n).as("before the response to %s", i).isPositive();
        text.append(new String(part, 0, n, StandardCharsets.ISO_8859_1));
        at = text.indexOf(next);
      }
      assertThat(text.substring(0, at)).doesNotContain("[/");
      text.delete(0, at + next.length());
    }
    sender.join();
  }

  @Test
  void pipelinedRequestsBehindASlowOne_waitOutside() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    rig.upstreamDoes(
        up -> {
          if (up.uri().equals("/first")) {
            rig.later(1500, () -> up.response().end("ok"));
          } else {
            go.countDown();
            up.response().end("ok");
          }
        });
    Socket socket = connect("GET /first HTTP/1.1\r\nHost: api.example\r\n\r\n");
    Thread sender =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 200; i++) {
                  send(socket, GET.repeat(500));
                }
              } catch (IOException e) {
                // The test ends before.
              }
            });
    sender.start();
    assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 50; i++) {
      assertThat(response(socket)).contains("HTTP/1.1 200");
    }
    socket.close();
    sender.join();
  }
}
