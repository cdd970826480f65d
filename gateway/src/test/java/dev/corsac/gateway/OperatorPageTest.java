package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.chromium.Chromium;
import dev.corsac.chromium.Tab;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator's page, in a real browser. */
@SuppressWarnings("NullAway.Init")
class OperatorPageTest {
  private static final String TOKEN = "5f3c9a0e7b1d4826a95c03ef";
  private static final String HOSTILE = "<img src=x onerror=document.title=1>";
  private static final String YAML =
      """
      admin: 127.0.0.1:0
      cors:
        allow_origins: ["https://page.example", "https://*.partner.example"]
        allow_credentials: true
        allow_methods: [PUT]
        allow_headers: [X-Known]
        explain: true
      routes:
        - path: /public/**
          cors: { allow_origins: ["*"], explain: true }
        - path: /strict/**
          cors: { allow_origins: [https://page.example], enforce: all, explain: true }
      """;

  @TempDir private static Path folder;

  private static Chromium chromium;
  private static FileRig rig;

  @BeforeAll
  static void start() throws IOException {
    rig = new FileRig(folder, YAML);
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    chromium.close();
    rig.close();
  }

  private static Tab open() {
    Tab tab = chromium.newTab().open(rig.adminUrl() + "/");
    return tab.await("document.documentElement.dataset.looked");
  }

  private static String ask(String method, String path, String... lines) {
    return Rig.raw(
        rig.port(),
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + rig.port()
            + "\r\n"
            + String.join("", java.util.Arrays.stream(lines).map(each -> each + "\r\n").toList())
            + "Connection: close\r\n\r\n");
  }

  @Test
  void requests_appear_andHostileText_isText() throws IOException {
    try (Tab tab = open()) {
      ask("GET", "/seen-1", "Origin: https://page.example");
      ask("GET", "/denied-1", "Origin: https://evil.example");
      ask("GET", "/" + HOSTILE.replace(' ', '/'), "Origin: https://" + HOSTILE);
      tab.await("document.getElementById('live').innerText.includes('/seen-1')")
          .await("document.getElementById('live').innerText.includes('onerror')")
          .await("document.getElementById('most').innerText.includes('https://evil.example')")
          .await("document.getElementById('legend').innerText.includes('origin-not-allowed')")
          .await("document.querySelectorAll('#chart rect[class^=tone]').length > 0");
      assertThat(tab.evaluate("document.querySelectorAll('img[src=x]').length").asInt()).isZero();
      assertThat(tab.evaluate("document.title").asText()).isEqualTo("Corsac gateway");
      assertThat(tab.text("#routes")).contains("/public/**", "any-origin", "every-subdomain");
      assertThat(tab.console()).isEmpty();
      assertAccessible(tab);
    }
  }

  private static void assertAccessible(Tab tab) throws IOException {
    try (InputStream in =
        OperatorPageTest.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      tab.evaluate(
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8) + "; true");
    }
    assertThat(
            tab.evaluate(
                    "axe.run().then(r => JSON.stringify(r.violations.map(v => [v.id,"
                        + " v.nodes.map(n => n.html)])))")
                .asText())
        .isEqualTo("[]");
  }

  @Test
  void explanation_showsBrowsersAndDecision() {
    try (Tab tab = open()) {
      tab.evaluate(
          "document.getElementById('origin').value = 'https://page.example';"
              + "document.getElementById('method').value = 'PATCH';");
      tab.click("#question button");
      tab.await("document.documentElement.dataset.explained");
      assertThat(tab.text("#explanation"))
          .contains("Chromium", "Firefox", "WebKit")
          .contains("method-not-allowed; method=\"PATCH\"")
          .contains("Method PATCH is not allowed by Access-Control-Allow-Methods");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "GET | /a | https://page.example | -",
        "GET | /a | https://evil.example | -",
        "POST | /a?b=c | https://x.partner.example | X-Known: 1",
        "GET | /a | - | -",
        "GET | /a | null | -",
        "GET | /a | https://page.example, https://evil.example | -",
        "OPTIONS | /a | https://page.example | Access-Control-Request-Method: PUT",
        "OPTIONS | /a | https://page.example | Access-Control-Request-Method: PATCH",
        "OPTIONS | /a | https://evil.example | Access-Control-Request-Method: GET",
        "GET | /public/x | https://evil.example | -",
        "GET | /public/%2e%2e/a | https://evil.example | -",
        "POST | /strict/x | https://evil.example | -",
        "POST | /strict/x | - | Sec-Fetch-Site: cross-site",
        "GET | /strict/x | https://page.example | Cookie: a=b",
      })
  void explanation_isWhatTheGatewayDoes(String method, String path, String origin, String header) {
    StringBuilder query = new StringBuilder("/api/explain?method=" + method);
    query.append("&url=").append(encoded(path));
    String[] lines = {
      origin == null ? "X-A: b" : "Origin: " + origin, header == null ? "X-B: c" : header
    };
    if (origin != null) {
      query.append("&origin=").append(encoded(origin));
    }
    query.append("&header=").append(encoded(lines[1]));
    String told =
        Rig.raw(
            rig.adminPort(),
            "GET " + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(told).startsWith("HTTP/1.1 200");
    JsonObject direct =
        new JsonObject(told.substring(told.indexOf("\r\n\r\n"))).getJsonObject("direct");
    String done = ask(method, path, lines);
    assertThat(done).startsWith("HTTP/1.1 " + direct.getInteger("status"));
    String reason = direct.getString("reason");
    if (reason.equals("path-ambiguous")) {
      assertThat(done).contains("two ways");
    } else {
      assertThat(done.toLowerCase(Locale.ROOT))
          .contains("corsac-decision: " + direct.getString("detail").toLowerCase(Locale.ROOT));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void token_isAskedFor_andStays_andAGatewayThatIsGone_isSaid(@TempDir Path other)
      throws IOException {
    try (Tab tab = chromium.newTab()) {
      try (FileRig guarded =
          new FileRig(other, "admin: 127.0.0.1:0\nadmin_token: " + TOKEN + "\n")) {
        tab.open(guarded.adminUrl() + "/");
        tab.await("!document.getElementById('token-form').hidden");
        assertThat(tab.evaluate("document.getElementById('page').hidden").asBoolean()).isTrue();
        tab.evaluate("document.getElementById('token').value = 'wrong'");
        tab.click("#token-form button");
        tab.await("document.getElementById('token-problem').textContent.includes('not the token')");
        tab.evaluate("document.getElementById('token').value = '" + TOKEN + "'");
        tab.click("#token-form button");
        tab.await("!document.getElementById('page').hidden");
        assertThat(tab.evaluate("JSON.stringify(localStorage) + document.cookie").asText())
            .isEqualTo("{}");
      }
      tab.await("!document.getElementById('gone').hidden");
      assertThat(tab.text("#gone")).contains("does not answer");
    }
  }
}
