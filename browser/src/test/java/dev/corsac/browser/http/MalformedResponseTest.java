package dev.corsac.browser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.browser.Browser;
import dev.corsac.browser.Cause;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Headers;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.Transport;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a server sends ends as an outcome with a cause: never an exception, never a hang. */
@Timeout(60)
class MalformedResponseTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\n";

  @ParameterizedTest
  @EnumSource(Engine.class)
  void noHttp(Engine engine) throws IOException {
    assertBlocked(engine, raw("SSH-2.0-OpenSSH_9.2\r\n"), Cause.MALFORMED_RESPONSE);
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void statusThatIsNoNumber(Engine engine) throws IOException {
    // Chromium takes it for 200, and then looks for the CORS headers.
    assertBlocked(
        engine,
        raw("HTTP/1.1 banana\r\n\r\n"),
        engine == Engine.CHROMIUM ? Cause.ALLOW_ORIGIN_MISSING : Cause.MALFORMED_RESPONSE);
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void statusBelow100IsReadable(Engine engine) throws IOException {
    try (Server server = raw("HTTP/1.1 042 x\r\nAccess-Control-Allow-Origin: *\r\n\r\n")) {
      load(engine, server.port()).assertReadable().assertStatus(42);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void statusOfFourDigits(Engine engine) throws IOException {
    Server server = raw("HTTP/1.1 1000 x\r\nAccess-Control-Allow-Origin: *\r\n\r\n");
    if (engine == Engine.CHROMIUM) {
      try (server) {
        load(engine, server.port()).assertReadable().assertStatus(1000);
      }
    } else {
      assertBlocked(engine, server, Cause.MALFORMED_RESPONSE);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void nulInTheReason(Engine engine) throws IOException {
    String nul = "HTTP/1.1 200 O\0K\r\nAccess-Control-Allow-Origin: *\r\n\r\n";
    assertBlocked(engine, raw(nul), Cause.MALFORMED_RESPONSE);
  }

  @Test
  void closedWithoutAnswer() throws IOException {
    assertBlocked(Engine.CHROMIUM, raw(""), Cause.CONNECTION_CLOSED);
  }

  @Test
  void closedWithinHeaders() throws IOException {
    assertBlocked(Engine.CHROMIUM, raw(OK + "X-Half: "), Cause.CONNECTION_CLOSED);
  }

  @Test
  void headerOfOneMegabyte() throws IOException {
    String header = "X-Long: " + "a".repeat(1 << 20) + "\r\n\r\n";
    assertBlocked(Engine.CHROMIUM, raw(OK + header), Cause.MALFORMED_RESPONSE);
  }

  @Test
  void endlessHeaders() throws IOException {
    assertBlocked(
        Engine.CHROMIUM,
        endless(OK, "X-More: and more\r\n".repeat(1000), 0),
        Cause.MALFORMED_RESPONSE);
  }

  @Test
  void endlessInterimResponses() throws IOException {
    assertBlocked(
        Engine.CHROMIUM,
        endless("", "HTTP/1.1 103 x\r\n\r\n".repeat(20), 0),
        Cause.MALFORMED_RESPONSE);
  }

  @Test
  void endlessBodyIsBrokenOff() throws IOException {
    assertBodyBreaksOff(endless(OK + "\r\n", "x".repeat(1 << 20), 0), "more than 16777216 bytes");
  }

  @Test
  void slowDrip() throws IOException {
    assertBlocked(Engine.CHROMIUM, endless(OK, "a", 20), Cause.TIMEOUT);
  }

  @Test
  void bodyWithoutEndIsBrokenOff() throws IOException {
    assertBodyBreaksOff(endless(OK + "Content-Length: 9\r\n\r\n", "", 20), "in time");
  }

  @Test
  void contradictingLengths() throws IOException {
    for (String lengths : List.of("1\r\nContent-Length: 2", "1, 2", "2,", "x, y", "02, 2")) {
      String head = OK + "Content-Length: " + lengths + "\r\n\r\nxx";
      assertBlocked(Engine.STANDARD, raw(head), Cause.MALFORMED_RESPONSE);
    }
  }

  @Test
  void equalLengthsAreOne() throws IOException {
    for (String lengths : List.of("2\r\nContent-Length: 2", "2, 2", "2\r\nContent-Length: 2,2")) {
      try (Server server = raw(OK + "Content-Length: " + lengths + "\r\n\r\nokay")) {
        assertThat(load(Engine.STANDARD, server.port()).assertReadable().body()).isEqualTo("ok");
      }
    }
  }

  @Test
  void manyCodingsAreTakenOff() throws IOException {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(new GZIPOutputStream(deflated))) {
      out.write("plain".getBytes(StandardCharsets.UTF_8));
    }
    String body = deflated.toString(StandardCharsets.ISO_8859_1);
    try (Server server = raw(OK + "Content-Encoding: deflate, x-gzip\r\n\r\n" + body)) {
      assertThat(load(Engine.STANDARD, server.port()).assertReadable().body()).isEqualTo("plain");
    }
  }

  @Test
  void foldedAllowOriginIsMoreThanOneValue() throws IOException {
    String folded = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: http://a.test\r\n b\r\n\r\n";
    assertBlocked(Engine.CHROMIUM, raw(folded), Cause.ALLOW_ORIGIN_MULTIPLE);
  }

  @Test
  void repeatedAllowOriginIsMoreThanOneValue() throws IOException {
    String repeated = OK + "Access-Control-Allow-Origin: *\r\n\r\n";
    assertBlocked(Engine.CHROMIUM, raw(repeated), Cause.ALLOW_ORIGIN_MULTIPLE);
  }

  @Test
  void truncatedBodyIsReadableButForItsBody() throws IOException {
    assertBodyBreaksOff(raw(OK + "Content-Length: 9\r\n\r\nshort"), "Content-Length");
  }

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    load(Engine.CHROMIUM, port).assertBlocked(Cause.UNREACHABLE);
  }

  @Test
  void ofABodyNoMoreIsReadThanAsked() throws IOException {
    try (Server server = endless(OK + "\r\n", "x".repeat(1 << 10), 0)) {
      HttpTransport transport = HttpTransport.create().timeout(Duration.ofSeconds(30));
      WireRequest request =
          WireRequest.of("GET", "http://127.0.0.1:" + server.port(), Headers.of());
      WireResponse head = transport.maxBody(0).send(request);
      assertThat(head.headers().get("Access-Control-Allow-Origin")).isEqualTo("*");
      assertThat(head.bodyError()).isEqualTo("the body was not read");
      assertThat(transport.maxBody(1 << 16).send(request).bodyError())
          .isEqualTo("the body has more than 65536 bytes, and was not read on");
    }
    assertThatThrownBy(() -> HttpTransport.create().maxBody(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Give 0 or more");
  }

  @Test
  void aWaitForABodyThatNobodyReadsIsNone() throws IOException {
    try (Server server = endless(OK + "Content-Length: 9\r\n\r\n", "", 20)) {
      WireRequest request =
          WireRequest.of("GET", "http://127.0.0.1:" + server.port(), Headers.of());
      WireResponse head =
          HttpTransport.create().timeout(Duration.ofMinutes(5)).maxBody(0).send(request);
      assertThat(head.status()).isEqualTo(200);
    }
  }

  private static void assertBodyBreaksOff(Server server, String reason) throws IOException {
    try (server) {
      Outcome.Readable readable = load(Engine.CHROMIUM, server.port()).assertReadable();
      assertThat(readable.bodyError()).contains(reason);
    }
  }

  private static void assertBlocked(Engine engine, Server server, Cause cause) throws IOException {
    try (server) {
      Outcome.Blocked blocked = load(engine, server.port()).assertBlocked(cause);
      assertThat(blocked.story()).contains(cause.toString(), "fix: ");
    }
  }

  private static Outcome load(Engine engine, int port) {
    Transport transport =
        HttpTransport.create()
            .map("https://api.example.com", "http://127.0.0.1:" + port)
            .timeout(Duration.ofSeconds(4));
    return Browser.builder(engine, transport)
        .build()
        .load(Page.of("https://app.example.com"), PageRequest.fetch("https://api.example.com/"));
  }

  private static Server raw(String bytes) throws IOException {
    return new Server(bytes, null, 0);
  }

  private static Server endless(String start, String more, int pauseMillis) throws IOException {
    return new Server(start, more, pauseMillis);
  }

  /** Answers every connection with the same bytes. */
  private static final class Server implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final String start;
    private final @Nullable String more;
    private final int pauseMillis;

    Server(String start, @Nullable String more, int pauseMillis) throws IOException {
      this.start = start;
      this.more = more;
      this.pauseMillis = pauseMillis;
      Thread thread = new Thread(this::serve, "malformed-server");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    private void serve() {
      while (!socket.isClosed()) {
        try (Socket connection = socket.accept()) {
          readRequest(connection);
          OutputStream out = connection.getOutputStream();
          out.write(start.getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
          while (more != null) {
            out.write(more.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            Thread.sleep(pauseMillis);
          }
        } catch (IOException gone) {
          // The client hung up, as it should.
        } catch (InterruptedException stop) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }

    /** Up to the empty line, so that closing does not reset the connection. */
    private static void readRequest(Socket connection) throws IOException {
      int newlines = 0;
      while (newlines < 2) {
        int b = connection.getInputStream().read();
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
}
