package dev.corsac.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.corsac.browser.http.HttpTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The guide's tests of a web API, as a Java team writes them. docs/browser.md shows this file. */
class GuideTest {
  // [setup]
  private final Page app = Page.of("https://app.example.com");
  private final Page stranger = Page.of("https://evil.example.net");
  private HttpServer api;
  private Browser browser;

  @BeforeEach
  void start() throws IOException {
    api = startApi();
    String address = "http://localhost:" + api.getAddress().getPort();
    browser = Browser.chromium(HttpTransport.create().map("https://api.example.com", address));
  }

  // [/setup]

  @AfterEach
  void stop() {
    api.stop(0);
  }

  // [header-present]
  @Test
  void allowedOriginReadsTheData() {
    browser.load(app, PageRequest.fetch("https://api.example.com/data")).assertReadable();
  }

  // [/header-present]

  // [exact-origin]
  @Test
  void exactOriginIsEchoed() {
    Outcome outcome = browser.load(app, PageRequest.fetch("https://api.example.com/data"));
    outcome
        .transcript()
        .get(0)
        .assertHeader("Access-Control-Allow-Origin", "https://app.example.com");
  }

  // [/exact-origin]

  // [unlisted-origin]
  @Test
  void unlistedOriginIsBlocked() {
    browser
        .load(stranger, PageRequest.fetch("https://api.example.com/data"))
        .assertBlocked(Cause.ALLOW_ORIGIN_MISSING);
  }

  // [/unlisted-origin]

  // [preflight]
  @Test
  void preflightIsAnsweredAndListsMethods() {
    PageRequest post =
        PageRequest.fetch("https://api.example.com/data")
            .method("POST")
            .header("Content-Type", "application/json")
            .body(Body.text("{}"));
    Outcome outcome = browser.load(app, post);
    outcome.assertReadable();
    outcome
        .assertPreflighted()
        .assertStatus(200)
        .assertLists("Access-Control-Allow-Methods", "GET", "POST");
  }

  // [/preflight]

  // [login]
  @Test
  void loginCookieGoesAlong() {
    PageRequest login = PageRequest.fetch("https://api.example.com/login").method("POST");
    PageRequest me = PageRequest.fetch("https://api.example.com/protected");
    browser.load(app, login.credentials(CredentialsMode.INCLUDE)).assertReadable();

    browser.load(app, me.credentials(CredentialsMode.INCLUDE)).assertReadable().assertStatus(200);
    browser.load(app, me).assertReadable().assertStatus(401);
  }

  // [/login]

  // [pagination]
  @Test
  void totalCountCanBeRead() {
    browser
        .load(app, PageRequest.fetch("https://api.example.com/items?skip=0&limit=10"))
        .assertReadable()
        .assertHeader("X-Total-Count", "100")
        .assertNoHeader("X-Internal");
  }

  // [/pagination]

  @Test
  void failureTellsTheWholeStory() {
    Outcome outcome = browser.load(stranger, PageRequest.fetch("https://api.example.com/data"));
    try {
      outcome.assertReadable();
    } catch (AssertionError error) {
      assertThat(error)
          .hasMessageContaining("> GET https://api.example.com/data")
          .hasMessageContaining("Origin: https://evil.example.net")
          .hasMessageContaining("ALLOW_ORIGIN_MISSING")
          .hasMessageContaining("has been blocked by CORS policy")
          .hasMessageContaining("fix: Answer with Access-Control-Allow-Origin");
      return;
    }
    throw new AssertionError("assertReadable passed for a blocked request");
  }

  private static HttpServer startApi() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", GuideTest::answer);
    server.start();
    return server;
  }

  /** The guide's API, by hand. */
  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if ("https://app.example.com".equals(exchange.getRequestHeaders().getFirst("Origin"))) {
      exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "https://app.example.com");
      exchange.getResponseHeaders().set("Access-Control-Allow-Credentials", "true");
      exchange.getResponseHeaders().set("Access-Control-Allow-Methods", "GET, POST");
      exchange.getResponseHeaders().set("Access-Control-Allow-Headers", "Content-Type");
      exchange.getResponseHeaders().set("Access-Control-Expose-Headers", "X-Total-Count");
    }
    exchange.getResponseHeaders().set("X-Total-Count", "100");
    exchange.getResponseHeaders().set("X-Internal", "secret");
    if (path.equals("/login")) {
      exchange
          .getResponseHeaders()
          .set("Set-Cookie", "session_id=1; Path=/; Secure; HttpOnly; SameSite=None");
    }
    boolean loggedIn = exchange.getRequestHeaders().containsKey("Cookie");
    int status = path.equals("/protected") && !loggedIn ? 401 : 200;
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
