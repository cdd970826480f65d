package dev.corsac.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.chromium.Chromium;
import dev.corsac.chromium.Tab;
import dev.corsac.gateway.PortTakenException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DemoTest {
  private static final Demo DEMO = demo();

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @AfterAll
  static void close() {
    DEMO.close();
  }

  @Test
  void bothOrigins_showTheLab_whichRuns() {
    try (Chromium chromium = Chromium.start();
        Tab tab = chromium.newTab()) {
      for (String page : List.of(DEMO.allowedPage(), DEMO.unlistedPage())) {
        tab.open(page).await("!document.getElementById('run').disabled");
        assertThat(tab.text(".here")).contains("You are on " + page);
        tab.click("#run").await("document.documentElement.dataset.ran");
        assertThat(tab.text("#lane-listed .verdict")).isEqualTo("The page reads the response");
        assertThat(tab.text("#lane-unlisted .verdict"))
            .isEqualTo("The browser blocks the response");
      }
    }
  }

  @Test
  void guidesRequests_areAnsweredAsItSays() throws Exception {
    HttpResponse<String> preflight =
        send(
            "OPTIONS",
            "/api/data",
            "Origin",
            "https://example.com",
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "content-type");
    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("POST");
    assertThat(allowOrigin(preflight)).containsExactly("https://example.com");

    assertThat(allowOrigin(send("GET", "/api/data", "Origin", "https://example.com")))
        .containsExactly("https://example.com");
    assertThat(allowOrigin(send("GET", "/api/data", "Origin", "https://malicious.com"))).isEmpty();
    for (String path : List.of("/", "/data", "/api/data", "/api/items?skip=40&limit=10")) {
      assertThat(send("GET", path).statusCode()).as(path).isEqualTo(200);
    }
    HttpResponse<String> items = send("GET", "/api/items?skip=40&limit=10");
    assertThat(new JsonObject(items.body()).getInteger("total")).isEqualTo(42);
    assertThat(new JsonObject(items.body()).getJsonArray("items")).hasSize(2);
    assertThat(items.headers().firstValue("X-Total-Count")).contains("42");
    assertThat(send("GET", "/protected").statusCode()).isEqualTo(401);
    assertThat(send("GET", "/api/items?limit=0").statusCode()).isEqualTo(422);
    assertThat(send("POST", "/data").statusCode()).isEqualTo(422);
    String cookie = send("POST", "/login").headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax");
    assertThat(send("GET", "/protected", "Cookie", cookie.split(";", 2)[0]).body())
        .contains("Protected data");
  }

  /** A page can be the own origin of any port of this machine: DNS rebinding. */
  @Test
  void byAnotherName_noPartAnswers() throws Exception {
    Matcher api =
        Pattern.compile("upstream: http://127\\.0\\.0\\.1:([0-9]+)")
            .matcher(Files.readString(DEMO.policy()));
    assertThat(api.find()).isTrue();
    List<Integer> ports = new ArrayList<>(List.of(Integer.parseInt(api.group(1))));
    for (String url :
        List.of(DEMO.api(), DEMO.allowedPage(), DEMO.unlistedPage(), DEMO.sandbox())) {
      ports.add(URI.create(url).getPort());
    }
    for (int port : ports) {
      for (String path : List.of("/", "/api/data", "/transfers", "/lab/check")) {
        assertThat(statusLine(port, path, "evil.example:" + port))
            .as(port + path)
            .startsWith("HTTP/1.1 421 ");
      }
      assertThat(statusLine(port, "/", "localhost:" + port)).doesNotContain(" 421 ", " 500 ");
    }
  }

  private static String statusLine(int port, String path, String host) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return all.lines().findFirst().orElse("");
    }
  }

  @Test
  void takenPort_isNamed_andNothingStaysBehind() throws Exception {
    int taken = URI.create(DEMO.api()).getPort();
    assertThatThrownBy(() -> Demo.start(new Ports(taken, 0, 0, 0)))
        .isInstanceOf(PortTakenException.class)
        .hasMessageContaining("port " + taken + " ");
    Path policy;
    try (Demo other = Demo.start(Ports.ANY)) {
      policy = other.policy();
      assertThat(Files.readString(policy)).contains(other.allowedPage()).contains("example.com");
    }
    assertThat(policy.getParent()).doesNotExist();
  }

  @Test
  void connections_onWhichNothingMoves_areClosed() throws Exception {
    try (Demo other = Demo.start(Ports.ANY, Duration.ofSeconds(1))) {
      for (String server : List.of(other.allowedPage(), other.unlistedPage(), other.sandbox())) {
        int port = URI.create(server).getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          socket.setSoTimeout(60_000);
          socket.getOutputStream().write("GET / HT".getBytes(StandardCharsets.ISO_8859_1));
          assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
      }
    }
  }

  private static List<String> allowOrigin(HttpResponse<String> response) {
    return response.headers().allValues("Access-Control-Allow-Origin");
  }

  private static HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(DEMO.api() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static Demo demo() {
    try {
      return Demo.start(Ports.ANY);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
