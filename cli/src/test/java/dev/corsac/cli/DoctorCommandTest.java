package dev.corsac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
@SuppressWarnings("NullAway.Init")
class DoctorCommandTest {
  /** Of a page that nobody serves: else the doctor would look at its Content-Security-Policy. */
  private static final String ORIGIN = "http://localhost:" + closedPort();

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/none", 200, Map.of());
    serve("/ok", 200, Map.of("Access-Control-Allow-Origin", ORIGIN, "Vary", "Origin"));
    serve("/express", 200, Map.of("X-Powered-By", "Express"));
    serve("/ansi", 200, Map.of("Access-Control-Allow-Origin", "\u001b[31mred\u001b[0m\u009b2J"));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void serve(String path, int status, Map<String, String> headers) {
    server.createContext(
        path,
        exchange -> {
          headers.forEach(exchange.getResponseHeaders()::add);
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
  }

  private String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  private static int closedPort() {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return closed.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Run(int code, String out, String err) {}

  private static Run doctor(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all = new String[args.length + 1];
    all[0] = "doctor";
    System.arraycopy(args, 0, all, 1, args.length);
    int code = Corsac.run(new PrintWriter(out), new PrintWriter(err), all);
    return new Run(code, out.toString(), err.toString());
  }

  @Test
  void verdictComesFirstThenCauseAndFix() {
    Run run = doctor(url("/none"), "--origin", ORIGIN);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("BLOCKED  Chromium keeps this response from pages of " + ORIGIN + ".\n\n")
        .containsSubsequence(
            "\n  cause      " + url("/none") + " answered with status 200, but without",
            "\n  why        ",
            "\n  fix        ",
            "\n  more       corsac problem allow-origin-missing");
    assertThat(run.out())
        .contains(
            "(no Access-Control-Allow-Origin)   <-- this decides",
            "Chromium   Access to fetch at",
            "Firefox    Cross-Origin Request Blocked",
            "Safari     Origin " + ORIGIN + " is not allowed",
            "curl -i " + url("/none") + " -H 'Origin: " + ORIGIN + "'");
  }

  @Test
  void proseKeepsToEightyColumns() {
    String out = doctor(url("/none"), "--origin", ORIGIN).out();
    assertThat(out.lines().filter(line -> !line.startsWith("  curl")))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void readableAnswerIsExitCodeZero() {
    Run run = doctor(url("/ok"), "--origin", ORIGIN);
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("READABLE").doesNotContain("cause");
  }

  @Test
  void noAnswerIsExitCodeThree() {
    Run run = doctor("http://localhost:" + closedPort() + "/", "--origin", ORIGIN);
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).startsWith("UNREACHABLE").contains("connection-refused");
  }

  @Test
  void fixIsSaidForTheStackAskedForOrGuessed() {
    assertThat(doctor(url("/none"), "--origin", ORIGIN, "--stack", "nginx").out())
        .contains("In nginx\n", "add_header");
    assertThat(doctor(url("/express"), "--origin", ORIGIN).out())
        .contains("In Express (a guess, by X-Powered-By: Express", "app.use(cors(");
    assertThat(doctor(url("/none"), "--origin", ORIGIN).out())
        .contains("how        in your server: --stack");
  }

  @Test
  void jsonIsOneObject() throws IOException {
    Run run = doctor(url("/express"), "--origin", ORIGIN, "--format", "json");
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(run.code()).isEqualTo(1);
    assertThat(json.path("verdict").asText()).isEqualTo("blocked");
    assertThat(json.path("cause").asText()).isEqualTo("allow-origin-missing");
    assertThat(json.path("chromium").asText()).isEqualTo("MissingAllowOriginHeader");
    assertThat(json.path("console").path("firefox").asText()).startsWith("Cross-Origin Request");
    assertThat(json.path("messages").path(0).path("request").path("method").asText())
        .isEqualTo("GET");
    assertThat(json.path("messages").path(0).path("response").path("status").asInt())
        .isEqualTo(200);
    assertThat(json.path("messages").path(0).path("decides").asText())
        .isEqualTo("Access-Control-Allow-Origin");
    assertThat(json.path("fix").asText()).isNotEmpty();
    assertThat(json.path("remedy").path("stack").asText()).isEqualTo("express");
    assertThat(json.path("remedy").path("guessed").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://localhost:1/                                   | Who asks?",
        "localhost:8000/api --origin http://localhost:3000     | Write http://localhost:8000/api.",
        "http://localhost:1/ --origin localhost:3000           | is not an origin",
        "http://localhost:1/ --origin http://a.test/path       | says more than an origin",
        "http://localhost:1/ --origin http://a.test -H nothing | a colon and a value",
        "http://localhost:1/ --origin http://a.test --stack go | There is no stack 'go'",
        "http://localhost:1/ --origin http://a.test --credentials yes | include, omit",
        "http://localhost:1/ --origin http://a.test --timeout 1e999999999 | up to 600 seconds",
        "http://localhost:1/ --origin http://a.test --timeout 0 | up to 600 seconds",
      })
  void wrongArgumentsSayWhatToWrite(String args, String message) {
    Run run = doctor(args.split(" +", -1));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
  }

  /** Servers that mean harm: a head, and what follows it without end. */
  static List<Hostile> hostile() {
    String ok = "HTTP/1.1 200 OK\r\n";
    return List.of(
        new Hostile("endless headers", ok, "X-A: " + "a".repeat(1000) + "\r\n", 3),
        new Hostile("endless header line", ok + "X-A: ", "a".repeat(100_000), 3),
        new Hostile("slow drip", ok, "a", 3),
        new Hostile("slow body", ok + "Access-Control-Allow-Origin: *\r\n\r\n", "a", 0),
        new Hostile(
            "endless body", ok + "Access-Control-Allow-Origin: *\r\n\r\n", "x".repeat(1 << 20), 0),
        new Hostile(
            "endless redirects",
            "HTTP/1.1 302 x\r\nAccess-Control-Allow-Origin: *\r\nLocation: /\u001b[2J\r\n\r\n",
            null,
            1),
        new Hostile("binary", "\u0000\u0001\u001b]0;title\u0007\u009b31m\r\n\r\n", null, 3),
        new Hostile(
            "control characters in headers",
            ok
                + "Access-Control-Allow-Origin: \u001b[31m\u0007\u009b2J\r\nX-\u001b[1m: \u202e\r\n\r\n",
            null,
            1),
        new Hostile("nothing", "", null, 3));
  }

  record Hostile(String name, String head, @Nullable String more, int code) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileServerEndsInAVerdictAndNothingRawIsPrinted(Hostile hostile) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answerAll(socket, hostile), "hostile");
      thread.setDaemon(true);
      thread.start();
      String at = "http://localhost:" + socket.getLocalPort() + "/";
      for (String format : List.of("text", "json")) {
        Run run = doctor(at, "--origin", ORIGIN, "--timeout", "2", "--format", format);
        assertThat(run.code()).as(run.out()).isEqualTo(hostile.code());
        assertThat(run.out().chars().filter(c -> c != '\n'))
            .allMatch(c -> !Character.isISOControl(c) && c != 0x202e);
        assertThat(run.err()).isEmpty();
      }
    }
  }

  private static void answerAll(ServerSocket socket, Hostile hostile) {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        Thread thread = new Thread(() -> answer(connection, hostile), "hostile");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void answer(Socket connection, Hostile hostile) {
    try (connection) {
      connection.getInputStream().read(new byte[64 * 1024]);
      OutputStream out = connection.getOutputStream();
      out.write(hostile.head().getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      while (hostile.more() != null) {
        out.write(hostile.more().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        if (hostile.more().length() == 1) {
          Thread.sleep(20);
        }
      }
    } catch (IOException gone) {
      // The doctor hung up, as it should.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The record that a server announces for its handshake comes byte by byte. */
  @Test
  void aTlsHandshakeThatDripsEndsInAVerdict() throws IOException {
    Hostile drip = new Hostile("TLS drip", "\u0016\u0003\u0003@\u0000", "\u0000", 3);
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answerAll(socket, drip), "hostile");
      thread.setDaemon(true);
      thread.start();
      String at = "https://localhost:" + socket.getLocalPort() + "/";
      Run run = doctor(at, "--page", at, "--timeout", "0.9");
      assertThat(run.code()).isEqualTo(3);
      assertThat(run.out()).startsWith("UNREACHABLE").contains("corsac problem timeout");
    }
  }

  @Test
  void aLongUrlIsAskedForLikeAnyOther() {
    Run run = doctor(url("/ok?" + "a".repeat(5000)), "--origin", ORIGIN);
    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void aPagesLongPolicyEndsNothing() throws IOException {
    serve(
        "/page",
        200,
        Map.of("Content-Security-Policy", "connect-src http://a/" + "a".repeat(100_000)));
    Run run = doctor(url("/ok"), "--origin", ORIGIN, "--page", url("/page"));
    assertThat(run.code()).as(run.err()).isNotEqualTo(70);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void coloursOnlyWhereThereIsATerminal() {
    assertThat(doctor(url("/none"), "--origin", ORIGIN).out()).doesNotContain("\u001b");
    assertThat(Arrays.asList(doctor(url("/ansi"), "--origin", ORIGIN).out().split("\n", -1)))
        .anyMatch(line -> line.contains("Access-Control-Allow-Origin: ␛[31mred"));
  }
}
