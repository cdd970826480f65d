package dev.corsac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as a process of its own, and the log that it writes. */
class WatchedGatewayTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  @SuppressWarnings("NullAway.Init")
  private HttpServer upstream;

  private @Nullable Process gateway;
  private int port;

  @BeforeEach
  void startUpstream() throws IOException {
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.createContext(
        "/",
        exchange -> {
          byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    upstream.start();
  }

  @AfterEach
  void stop() {
    upstream.stop(0);
    if (gateway != null) {
      gateway.destroyForcibly();
    }
  }

  private void start(String... settings) throws IOException {
    Files.writeString(
        home.resolve("corsac.yaml"),
        "listen: 127.0.0.1:0\nadmin: 127.0.0.1:0\nupstream: http://127.0.0.1:"
            + upstream.getAddress().getPort()
            + "\ncors: { allow_origins: [https://page.example], enforce: unsafe }\n"
            + "routes: [ { path: /orders/** } ]\n"
            + "timeouts: { drain: 0s }\n"
            + String.join("\n", settings)
            + "\n");
    Process started =
        CommandProcess.of("-Xmx128m", "gateway", "--config", home.resolve("corsac.yaml").toString())
            .redirectError(home.resolve("err").toFile())
            .start();
    gateway = started;
    BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    assertThat(line).contains("listening on http://127.0.0.1:");
    port = Integer.parseInt(line.replaceAll(".*127\\.0\\.0\\.1:(\\d+).*", "$1"));
  }

  private List<String> stopped() throws Exception {
    Process running = Objects.requireNonNull(gateway);
    running.destroy();
    assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readAllLines(home.resolve("err"));
  }

  private void send(String... lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
    }
  }

  private static List<JsonNode> json(List<String> lines) throws IOException {
    List<JsonNode> json = new ArrayList<>();
    for (String line : lines) {
      assertThat(line).matches("[ -~]+");
      json.add(new ObjectMapper().readTree(line));
    }
    return json;
  }

  private static JsonNode the(List<JsonNode> lines, String event, String path) {
    List<JsonNode> found =
        lines.stream()
            .filter(line -> line.path("event").asText().equals(event))
            .filter(line -> line.path("path").asText().equals(path))
            .toList();
    assertThat(found).as(event + " " + path + " in " + lines).hasSize(1);
    return found.get(0);
  }

  @Test
  void everyLine_isJson_whateverClientsSend() throws Exception {
    start("log: json", "access_log: true");
    send(
        "GET /orders/1?token=secret&q=x HTTP/1.1",
        "Host: a",
        "Origin: https://page.example",
        "traceparent: 00-" + TRACE + "-00f067aa0ba902b7-01");
    send(
        "POST /orders/2 HTTP/1.1",
        "Host: a",
        "Content-Length: 0",
        "traceparent: 00-" + TRACE + "-00f067aa0ba902b7-01",
        "Origin: https://evil.example\",\"event\":\"forged\u0085\u00e9");
    send("GET /a%0d%0a{\"event\":\"forged\"} HTTP/1.1", "Host: a\"\\", "Origin: \u001b[2J");
    send("GET /" + "x".repeat(15_000) + " HTTP/1.1", "Host: a");
    List<String> lines = stopped();
    List<JsonNode> json = json(lines);
    assertThat(json).allSatisfy(line -> assertThat(line.path("time").asText()).startsWith("20"));
    assertThat(json)
        .noneSatisfy(line -> assertThat(line.path("event").asText()).isEqualTo("forged"));
    assertThat(String.join("\n", lines)).doesNotContain("secret");
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThan(2000));

    JsonNode access = the(json, "access", "/orders/1");
    assertThat(access.path("status").asInt()).isEqualTo(200);
    assertThat(access.path("bytes").asInt()).isEqualTo(5);
    assertThat(access.path("ms").isDouble()).isTrue();
    assertThat(access.path("whole").asBoolean()).isTrue();
    assertThat(access.path("query").asBoolean()).isTrue();
    assertThat(access.path("by").asText()).isEqualTo("upstream");
    assertThat(access.path("client").asText()).isEqualTo("127.0.0.1");
    assertThat(access.path("route").asText()).isEqualTo("/orders/**");
    assertThat(access.path("decision").asText()).isEqualTo("origin-allowed");
    assertThat(access.path("protocol").asText()).isEqualTo("HTTP/1.1");
    assertThat(access.path("trace_id").asText()).isEqualTo(TRACE);

    JsonNode denied = the(json, "denied", "/orders/2");
    assertThat(denied.path("origin").asText()).startsWith("https://evil.example\",\"event");
    assertThat(denied.path("reason").asText()).isEqualTo("origin-malformed");
    assertThat(denied.path("kind").asText()).isEqualTo("refused");
    assertThat(denied.path("status").asInt()).isEqualTo(403);
    assertThat(denied.path("trace_id").asText()).isEqualTo(TRACE);
    assertThat(denied.path("count").asInt()).isEqualTo(1);
  }

  @Test
  void withoutAnAccessLog_onlyEventsHaveLines_asText() throws Exception {
    start();
    send("GET /orders/1 HTTP/1.1", "Host: a", "Origin: https://page.example");
    send("POST /orders/2 HTTP/1.1", "Host: a", "Content-Length: 0", "Origin: https://evil.example");
    for (int i = 0; i < 50; i++) {
      send("POST /orders/" + i + " HTTP/1.1", "Host: a", "Content-Length: 0", "Origin: null");
    }
    List<String> lines = stopped();
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .endsWith(
                        "INFO corsac  denied  127.0.0.1  POST /orders/2  origin-not-allowed;"
                            + " origin=\"https://evil.example\"; refused with 403, no upstream saw it"))
        .anySatisfy(
            line -> assertThat(line).matches(".* corsac  denied  \\d+ more in \\d+ s  POST, .*"))
        .filteredOn(line -> line.contains(" corsac  "))
        .hasSizeLessThan(10);
  }

  @Test
  void theAccessLog_asText() throws Exception {
    start("access_log: true");
    send("GET /orders/1?a=b HTTP/1.1", "Host: a");
    assertThat(stopped())
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        ".* INFO corsac  127\\.0\\.0\\.1  GET /orders/1\\?… HTTP/1\\.1  200  5 bytes"
                            + "  \\d+\\.\\d{3} ms  upstream  /orders/\\*\\*  no-origin"));
  }
}
