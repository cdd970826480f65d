package dev.corsac.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.chromium.Chromium;
import dev.corsac.chromium.Tab;
import dev.corsac.gateway.PortTakenException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DemoTest {
  private static final Demo DEMO = demo();

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Which section each button belongs to. */
  private static final Map<String, String> BUTTONS =
      Map.of(
          "get", "get", "post", "post", "login", "login", "items", "items", "error500", "errors");

  @AfterAll
  static void close() {
    DEMO.close();
  }

  @Test
  void allowedPage_readsAll() {
    try (Chromium chromium = Chromium.start();
        Tab tab = chromium.newTab()) {
      tab.open(DEMO.allowedPage());
      assertThat(tab.text("h1")).isEqualTo("This page is on " + DEMO.allowedPage());
      assertThat(press(tab, "get", "get")).contains("200 OK", "This is CORS-enabled data");
      assertThat(press(tab, "post", "post")).contains("201 Created", "\"name\":\"test\"");
      assertThat(press(tab, "login", "anonymous")).contains("401", "Not authenticated");
      assertThat(press(tab, "login", "login")).contains("Logged in", "Protected data");
      assertThat(press(tab, "items", "items")).contains("x-total-count: 42", "Item 10");
      assertThat(press(tab, "items", "next")).contains("Item 11", "Item 20");
      assertThat(press(tab, "errors", "error500")).contains("500", "The API broke");
      assertThat(press(tab, "errors", "error401")).contains("401", "Log in first");
      assertThat(press(tab, "errors", "error404")).contains("404", "Not found");
      assertThat(tab.failures()).isEmpty();
    }
  }

  @Test
  void unlistedPage_readsNothing_andQuotesTheConsole() {
    try (Chromium chromium = Chromium.start();
        Tab tab = chromium.newTab()) {
      tab.open(DEMO.unlistedPage());
      for (Map.Entry<String, String> button : BUTTONS.entrySet()) {
        String shown = press(tab, button.getValue(), button.getKey());
        assertThat(shown).contains("The browser blocked it").doesNotContain("could read");
        String quoted = shown.substring(shown.indexOf("Access to fetch")).lines().findFirst().get();
        assertThat(tab.console()).contains(quoted);
      }
      assertThat(tab.failures())
          .extracting(Tab.Failure::corsError)
          .contains("MissingAllowOriginHeader", "PreflightMissingAllowOriginHeader");
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
    assertThat(send("GET", "/protected").statusCode()).isEqualTo(401);
    assertThat(send("GET", "/api/items?limit=0").statusCode()).isEqualTo(422);
    assertThat(send("POST", "/data").statusCode()).isEqualTo(422);
    String cookie = send("POST", "/login").headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax");
    assertThat(send("GET", "/protected", "Cookie", cookie.split(";", 2)[0]).body())
        .contains("Protected data");
  }

  @Test
  void takenPort_isNamed_andNothingStaysBehind() throws Exception {
    int taken = URI.create(DEMO.api()).getPort();
    assertThatThrownBy(() -> Demo.start(taken, 0, 0))
        .isInstanceOf(PortTakenException.class)
        .hasMessageContaining("port " + taken + " ");
    Path policy;
    try (Demo other = Demo.start(0, 0, 0)) {
      policy = other.policy();
      assertThat(Files.readString(policy)).contains(other.allowedPage()).contains("example.com");
    }
    assertThat(policy.getParent()).doesNotExist();
  }

  private static String press(Tab tab, String section, String button) {
    tab.click("[data-run=" + button + "]");
    tab.await("document.getElementById('" + section + "').dataset.done === '" + button + "'");
    return tab.text("#" + section + " .result");
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
      return Demo.start(0, 0, 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
