package dev.corsac.example.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What pages and other clients make of the example, as bytes on a socket. */
class McpExampleTest {
  private static final String APP = "Origin: https://app.example.com\r\n";
  private static final String EVIL = "Origin: https://evil.example\r\n";
  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

  private static McpExample example;

  @BeforeAll
  static void start() throws Exception {
    example = new McpExample(0);
  }

  @AfterAll
  static void stop() throws Exception {
    example.stop();
  }

  @Test
  void allowedPage_initializesAndReadsItsSession() throws IOException {
    String response = post(local(), APP, INITIALIZE);

    assertThat(response)
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("Access-Control-Allow-Origin: https://app.example.com")
        .containsIgnoringCase("Access-Control-Expose-Headers: Mcp-Session-Id, WWW-Authenticate")
        .contains("\"serverInfo\"", "corsac-example");
    String session = session(response);
    assertThat(
            post(
                local(),
                APP + "Mcp-Session-Id: " + session + "\r\nMcp-Protocol-Version: 2025-06-18\r\n",
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}"))
        .startsWith("HTTP/1.1 200")
        .contains("greet");
  }

  @Test
  void preflight_allowsWhatClientsSend() throws IOException {
    String response =
        send(
            "OPTIONS /mcp HTTP/1.1\r\nHost: "
                + local()
                + "\r\n"
                + APP
                + "Access-Control-Request-Method: DELETE\r\nAccess-Control-Request-Headers:"
                + " authorization,content-type,last-event-id,mcp-protocol-version,mcp-session-id\r\n"
                + "Connection: close\r\n\r\n");

    assertThat(response)
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("Access-Control-Allow-Origin: https://app.example.com")
        .containsIgnoringCase("mcp-session-id")
        .contains("DELETE");
  }

  @Test
  void anotherHostName_isMisdirected() throws IOException {
    String rebound = "rebound.example:" + example.port();

    assertThat(post(rebound, "Origin: http://" + rebound + "\r\n", INITIALIZE))
        .startsWith("HTTP/1.1 421")
        .doesNotContain("serverInfo");
    assertThat(post(rebound, "", INITIALIZE)).startsWith("HTTP/1.1 421");
  }

  @Test
  void foreignPage_isRefused() throws IOException {
    assertThat(post(local(), EVIL, INITIALIZE))
        .startsWith("HTTP/1.1 403")
        .doesNotContain("serverInfo");
    assertThat(post(local(), "Origin: null\r\n", INITIALIZE)).startsWith("HTTP/1.1 403");
  }

  /** A session of the user is not for pages: the policy allows them without credentials. */
  @Test
  void allowedPageWithCookie_isRefused() throws IOException {
    assertThat(post(local(), APP + "Cookie: session=1\r\n", INITIALIZE)).startsWith("HTTP/1.1 403");
    assertThat(post(local(), APP + "Authorization: Bearer t\r\n", INITIALIZE))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void clientThatIsNoBrowser_isUntouched() throws IOException {
    assertThat(post(local(), "", INITIALIZE)).startsWith("HTTP/1.1 200").contains("serverInfo");
  }

  private static String local() {
    return "127.0.0.1:" + example.port();
  }

  private static String session(String response) {
    return response
        .lines()
        .filter(line -> line.regionMatches(true, 0, "Mcp-Session-Id:", 0, 15))
        .map(line -> line.substring(15).strip())
        .findFirst()
        .orElseThrow();
  }

  private static String post(String host, String headers, String body) throws IOException {
    return send(
        "POST /mcp HTTP/1.1\r\nHost: "
            + host
            + "\r\n"
            + headers
            + "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
            + "Connection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static String send(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), example.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
