package dev.corsac.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The lab's servers, as others than its page would use them. */
@SuppressWarnings("NullAway.Init")
class LabApiTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static LabServers lab;

  @BeforeAll
  static void start() throws IOException {
    lab = new LabServers();
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void api_answersItsOwnPageOnly() throws Exception {
    String own = lab.origins().listed();
    assertThat(post("/lab/runs", experiment(), "Origin", own).statusCode()).isEqualTo(200);
    for (String other :
        List.of(lab.origins().unlisted(), "https://evil.example", "null", own + ".evil.example")) {
      assertThat(post("/lab/runs", experiment(), "Origin", other).statusCode())
          .as(other)
          .isEqualTo(403);
    }
    assertThat(post("/lab/runs", experiment(), "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
  }

  /** What a browser sends when evil.example leads to 127.0.0.1. */
  @Test
  void byAnotherName_noServerAnswers_norOpensAWebSocket() throws Exception {
    String sandbox = lab.origins().sandbox();
    String run = URI.create(started()).getPath();
    String upgrade =
        """
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        """
            .replace("\n", "\r\n");
    for (String name :
        List.of("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "a b", "")) {
      assertThat(raw(lab.origins().listed(), name, "/", "")).startsWith("HTTP/1.1 421");
      assertThat(raw(lab.origins().unlisted(), name, "/runner.html", ""))
          .startsWith("HTTP/1.1 421");
      assertThat(raw(sandbox, name, run + "/api/data", ""))
          .startsWith("HTTP/1.1 421")
          .doesNotContainIgnoringCase("access-control-");
      assertThat(raw(sandbox, name, run + "/live", upgrade)).startsWith("HTTP/1.1 421");
    }
    for (String name : List.of("localhost", "127.0.0.1:8100", "[::1]", "LOCALHOST:1")) {
      assertThat(raw(sandbox, name, run + "/api/data", "")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void pages_haveAPolicyWithoutUnsafeInline_andOnlyTheLabFramesTheRunner() throws Exception {
    HttpResponse<String> page = get(lab.origins().listed() + "/");
    assertThat(csp(page)).contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(page.body()).doesNotContain("style=").doesNotContain("onclick");
    HttpResponse<String> runner = get(lab.origins().unlisted() + "/runner.html");
    // In a sandboxed frame, whose origin is null, WebKit finds nothing that is 'self'.
    assertThat(csp(runner))
        .contains(
            "script-src " + lab.origins().listed() + " " + lab.origins().unlisted() + " ",
            "connect-src " + lab.origins().sandbox() + " ",
            "frame-ancestors " + lab.origins().listed() + " " + lab.origins().unlisted());
    assertThat(csp(page) + csp(runner)).doesNotContain("unsafe");
  }

  @Test
  void wrongExperiments_areNamed() throws Exception {
    for (String wrong :
        List.of(
            "{}",
            "{\"steps\": []}",
            "{\"steps\": [{}, {}, {}, {}, {}]}",
            "{\"steps\": [1]}",
            "{\"steps\": 1}",
            "{\"steps\": [{\"path\": \"https://evil.example/\"}]}",
            "{\"steps\": [{\"path\": \"/a/../../b\"}]}",
            "{\"steps\": [{\"mode\": \"navigate\"}]}",
            "{\"steps\": [{\"credentials\": \"all\"}]}",
            "{\"steps\": [{\"askers\": [\"me\"]}]}",
            "{\"steps\": [{\"headers\": [\"a\"]}]}",
            "{\"steps\": [{\"body\": \"a\"}]}",
            "{\"steps\": [{\"body\": {\"type\": \"stream\"}}]}",
            "{\"steps\": [{}], \"server\": \"nonsense\"}",
            "{\"steps\": [{}], \"server\": \"response: 100\"}",
            "{\"steps\": [{}], \"policy\": \"" + "x".repeat(20_001) + "\"}")) {
      HttpResponse<String> response = post("/lab/runs", wrong);
      assertThat(response.statusCode()).as(wrong).isEqualTo(200);
      assertThat(new JsonObject(response.body()).getString("invalid")).as(wrong).isNotBlank();
    }
    assertThat(post("/lab/runs", "[").statusCode()).isEqualTo(400);
    assertThat(post("/lab/runs", "[]").statusCode()).isEqualTo(400);
    assertThat(post("/lab/runs", "x".repeat(200_000)).statusCode()).isEqualTo(413);
    assertThat(post("/lab/nothing", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void policy_mayNameNothingOfThisMachine() throws Exception {
    for (String more :
        List.of(
            "tls: {certificate: /etc/passwd, key: /etc/passwd}",
            "upstream: http://127.0.0.1:22",
            "routes: [{path: /**, site: {folder: /etc}}]",
            "profiles: {development: {cors: {}}}")) {
      JsonObject result =
          new JsonObject(
              post("/lab/runs", experiment("cors: {}\n" + more + "\n", "/api/data")).body());
      assertThat(result.containsKey("run")).as(more).isFalse();
      assertThat(result.getJsonArray("findings").encode()).contains("unknown-key");
    }
    String home = "cors: {allow_origins: [\"${HOME}\"]}\n";
    assertThat(post("/lab/runs", experiment(home, "/api/data")).body())
        .contains("missing-variable")
        .doesNotContain(System.getenv().getOrDefault("HOME", "/root"));
  }

  @Test
  void findings_haveLines_andWhatIsRightInTheLabIsNone() throws Exception {
    String policy = "cors:\n  allow_origins: [\"*\"]\n  allow_credentials: true\n";
    JsonArray findings = findings(policy);
    assertThat(findings.getJsonObject(0).getInteger("line")).isEqualTo(2);
    assertThat(findings.getJsonObject(0).getString("rule")).isEqualTo("any-origin-credentials");
    assertThat(findings("cors:\n  allow_origins: [\"http://localhost:3000\"]\n  explain: true\n"))
        .isEmpty();
    assertThat(findings("cors:\n  allow_origins: [\"*\"]\n").encode()).contains("any-origin");
  }

  @Test
  void manyChecksAtOnce_areServedOrTurnedAway_andThePageIsServedMeanwhile() throws Exception {
    String own = lab.origins().listed();
    List<CompletableFuture<HttpResponse<String>>> checks = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      checks.add(
          CLIENT.sendAsync(
              request("/lab/check", experiment(), "Origin", own),
              HttpResponse.BodyHandlers.ofString()));
    }
    HttpRequest page = HttpRequest.newBuilder(URI.create(own + "/")).build();
    assertThat(CLIENT.send(page, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    for (CompletableFuture<HttpResponse<String>> each : checks) {
      HttpResponse<String> response = each.get(60, TimeUnit.SECONDS);
      assertThat(response.statusCode()).isIn(200, 503);
      assertThat(response.body())
          .contains(response.statusCode() == 200 ? "predictions" : "Try again in a moment.");
    }
    assertThat(post("/lab/check", experiment(), "Origin", own).statusCode()).isEqualTo(200);
  }

  @Test
  void run_hasBounds_andOldOnesMakeRoom() throws Exception {
    String url = started();
    for (int i = 0; i < Run.MOST_EXCHANGES; i++) {
      assertThat(get(url + "/api/data").statusCode()).isEqualTo(200);
    }
    assertThat(get(url + "/api/data").statusCode()).isEqualTo(429);
    assertThat(get(url.replaceFirst("/listed$", "/nobody") + "/api/data").statusCode())
        .isEqualTo(404);
    for (int i = 0; i < Runs.MOST_RUNS; i++) {
      started();
    }
    assertThat(get(url + "/api/data").statusCode()).isEqualTo(404);
  }

  @Test
  void report_isTakenOnce_andHostileOnesAreNoError() throws Exception {
    JsonObject run = new JsonObject(post("/lab/runs", experiment()).body());
    String path = "/lab/runs/" + run.getString("run") + "/reports";
    for (String wrong : List.of("{}", "{\"step\": -1}", "{\"step\": 7}", "{\"step\": \"x\"}")) {
      assertThat(post(path, wrong).statusCode()).as(wrong).isIn(200, 400);
    }
    String hostile = "{\"step\": 0, \"reports\": {\"listed\": {\"kind\": 3}, \"unlisted\": []}}";
    assertThat(new JsonObject(post(path, hostile).body()).getJsonArray("stories")).isEmpty();
    assertThat(new JsonObject(post(path, hostile).body()).getString("invalid")).isNotBlank();
    assertThat(post("/lab/runs/aaaaaaaaaa/reports", "{\"step\": 0}").body()).contains("invalid");
  }

  @Test
  void storyOfABrowserThatDoesOtherwise_saysSo() throws Exception {
    JsonObject run = new JsonObject(post("/lab/runs", experiment()).body());
    String path = "/lab/runs/" + run.getString("run") + "/reports";
    String wrong =
        "{\"step\": 0, \"reports\": {\"listed\": {\"kind\": \"blocked\", \"error\": \"x\"}}}";
    JsonObject story =
        new JsonObject(post(path, wrong).body()).getJsonArray("stories").getJsonObject(0);
    assertThat(story.getJsonArray("differences").getString(0))
        .isEqualTo("The model said that the page's request would be readable; it was blocked.");
    assertThat(story.getString("console")).isNull();
  }

  private static String started() throws Exception {
    return new JsonObject(post("/lab/runs", experiment()).body())
        .getJsonObject("bases")
        .getString("listed");
  }

  private static JsonArray findings(String policy) throws Exception {
    return new JsonObject(post("/lab/check", experiment(policy, "/api/data")).body())
        .getJsonArray("findings");
  }

  private static String experiment() {
    return experiment(
        "cors:\n  allow_origins: [\"" + lab.origins().listed() + "\"]\n", "/api/data");
  }

  private static String experiment(String policy, String path) {
    return new JsonObject()
        .put("policy", policy)
        .put("steps", new JsonArray().add(new JsonObject().put("path", path)))
        .encode();
  }

  private static String csp(HttpResponse<String> response) {
    return response.headers().firstValue("Content-Security-Policy").orElseThrow();
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, String body, String... headers)
      throws Exception {
    return CLIENT.send(request(path, body, headers), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(lab.origins().listed() + path))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  private static String raw(String server, String host, String path, String lines)
      throws IOException {
    String close = lines.isEmpty() ? "Connection: close\r\n" : lines;
    String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + close + "\r\n";
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(server).getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
