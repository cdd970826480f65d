package dev.corsac.example.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.corsac.chromium.Chromium;
import dev.corsac.chromium.Tab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as it is, asked by pages in Chromium and by plain HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class SpringExampleTest {
  private final HttpServer listedPage = page();
  private final HttpServer unlistedPage = page();
  private final ConfigurableApplicationContext application =
      SpringApplication.run(
          SpringExample.class,
          "--server.port=0",
          "--server.address=127.0.0.1",
          "--corsac.cors.allow-origins=https://example.com," + origin(listedPage));

  private final HttpClient client = HttpClient.newHttpClient();
  private final String api =
      "http://localhost:"
          + application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);

  @AfterAll
  void stop() {
    application.close();
    listedPage.stop(0);
    unlistedPage.stop(0);
  }

  @Test
  void listedPage_readsEverything_errorsToo() {
    try (Chromium chromium = Chromium.start();
        Tab tab = chromium.newTab()) {
      tab.open(origin(listedPage));
      assertRead(get(tab, "/"), 200, "Hello from Spring Boot");
      assertRead(get(tab, "/data"), 200, "CORS-enabled");
      assertRead(get(tab, "/api/data"), 200, "CORS-enabled");
      assertRead(post(tab, "/data"), 201, "\"name\":\"test\"");
      assertRead(post(tab, "/api/data"), 201, "\"name\":\"test\"");
      JsonNode items = get(tab, "/api/items?skip=40&limit=10");
      assertRead(items, 200, "[{\"id\":41,\"name\":\"Item 41\"},{\"id\":42,\"name\":\"Item 42\"}]");
      assertThat(items.get("total").asText()).isEqualTo("42");

      assertRead(get(tab, "/protected"), 401, "");
      assertRead(post(tab, "/login"), 200, "Logged in");
      assertRead(get(tab, "/protected"), 200, "\"user\":\"ada\"");
      assertRead(get(tab, "/admin"), 403, "Forbidden");
      assertRead(get(tab, "/broken"), 500, "Internal Server Error");
      assertRead(get(tab, "/missing"), 404, "Not Found");
      assertThat(tab.failures()).isEmpty();
    }
  }

  @Test
  void unlistedPage_readsNothing() {
    try (Chromium chromium = Chromium.start();
        Tab tab = chromium.newTab()) {
      tab.open(origin(unlistedPage));
      for (String path : List.of("/", "/api/items", "/protected", "/broken", "/missing")) {
        assertThatThrownBy(() -> get(tab, path)).as(path).hasMessageContaining("Failed to fetch");
      }
      for (String path : List.of("/api/data", "/login")) {
        assertThatThrownBy(() -> post(tab, path)).as(path).hasMessageContaining("Failed to fetch");
      }
      assertThat(tab.failures())
          .extracting(Tab.Failure::corsError)
          .containsOnly("MissingAllowOriginHeader", "PreflightMissingAllowOriginHeader");
    }
  }

  @Test
  void preflight_needsNoToken() throws Exception {
    HttpResponse<String> response =
        send(
            "OPTIONS",
            "/protected",
            "Origin",
            "https://example.com",
            "Access-Control-Request-Method",
            "GET",
            "Access-Control-Request-Headers",
            "x-custom-header");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().allValues("Access-Control-Allow-Origin"))
        .containsExactly("https://example.com");
    assertThat(response.headers().firstValue("Access-Control-Max-Age")).contains("3600");
  }

  @ParameterizedTest
  @CsvSource({"/, 200", "/protected, 401", "/admin, 403", "/broken, 500", "/missing, 404"})
  void everyAnswer_variesByOrigin(String path, int status) throws Exception {
    String cookie = send("POST", "/login").headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).startsWith("session_id=").contains("HttpOnly").contains("SameSite=Lax");
    String session = status == 401 ? "session_id=none" : cookie.split(";", 2)[0];

    HttpResponse<String> response = send("GET", path, "Cookie", session);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("Vary")).containsOnlyOnce("Origin");
  }

  @Test
  void forgedLogin_isRefused() throws Exception {
    HttpResponse<String> response = send("POST", "/login", "Origin", "https://evil.example");

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void wrongProperty_stopsTheApplication_andSaysTheFix(CapturedOutput output) {
    assertThatThrownBy(
            () ->
                SpringApplication.run(
                    SpringExample.class,
                    "--server.port=0",
                    "--corsac.cors.allow-origins=https://example.com/"))
        .isInstanceOf(RuntimeException.class);

    assertThat(output)
        .contains(
            """
            APPLICATION FAILED TO START
            ***************************

            Description:

            The CORS policy has an error:

            corsac.cors.allow-origins[0] ("corsac.cors.allow-origins" from property source "commandLineArgs")
                "https://example.com/" has a path, but an origin ends after the host or port. [origin-path]

            Action:

            corsac.cors.allow-origins[0]
                Write "https://example.com".
            """);
  }

  private static void assertRead(JsonNode response, int status, String body) {
    assertThat(response.get("status").asInt()).as(response.toString()).isEqualTo(status);
    assertThat(response.get("body").asText()).contains(body);
  }

  private JsonNode get(Tab tab, String path) {
    return fetch(tab, path, "{credentials: 'include'}");
  }

  private JsonNode post(Tab tab, String path) {
    return fetch(
        tab,
        path,
        "{method: 'POST', credentials: 'include', body: JSON.stringify({name: 'test'}),"
            + " headers: {'Content-Type': 'application/json', 'X-Custom-Header': 'x'}}");
  }

  private JsonNode fetch(Tab tab, String path, String options) {
    return tab.evaluate(
        "fetch('%s%s', %s).then(async r => ({status: r.status, body: await r.text(),"
                .formatted(api, path, options)
            + " total: r.headers.get('X-Total-Count')}))");
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(api + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String origin(HttpServer page) {
    return "http://localhost:" + page.getAddress().getPort();
  }

  private static HttpServer page() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            byte[] body = "<!doctype html><title>page</title>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
