package dev.corsac.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An application that has Spring Security and Spring's own CORS for {@code https://other.example},
 * while Corsac allows {@code https://app.example}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SecuredContract {
  static final String APP = "https://app.example";
  static final String OTHER = "https://other.example";

  static final String[] PROPERTIES = {
    "corsac.cors.allow-origins=" + APP,
    "corsac.cors.allow-methods=PUT",
    "corsac.cors.allow-credentials=true",
    "corsac.routes[0].path=/open/off/**",
    "corsac.routes[0].cors=off",
    "spring.security.user.name=ada",
    "spring.security.user.password=secret",
    "management.endpoints.web.exposure.include=corsac"
  };

  private static final String ADA = "Basic YWRhOnNlY3JldA==";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final RunningApplication application = start();

  abstract RunningApplication start();

  @AfterAll
  void stop() {
    application.close();
  }

  @BeforeAll
  void isSecured() throws Exception {
    assertThat(get("/private").statusCode()).isEqualTo(401);
    assertThat(get("/private", "Authorization", ADA).body()).isEqualTo("private");
  }

  @Test
  void preflight_needsNoToken() throws Exception {
    HttpResponse<String> response = preflight("/private", APP);

    assertThat(response.statusCode()).isEqualTo(200);
    assertReadable(response);
    assertThat(response.headers().firstValue("Access-Control-Allow-Methods"))
        .contains("GET, HEAD, POST, PUT");
  }

  @ParameterizedTest
  @CsvSource({
    "/private, '', 401",
    "/private, " + ADA + ", 200",
    "/admin, " + ADA + ", 403",
    "/open/hello, '', 200",
    "/open/throws, '', 500",
    "/open/missing, '', 404"
  })
  void everyAnswer_isReadable_andCarriesVary(String path, String authorization, int status)
      throws Exception {
    HttpResponse<String> response =
        authorization.isEmpty()
            ? get(path, "Origin", APP)
            : get(path, "Origin", APP, "Authorization", authorization);

    assertThat(response.statusCode()).isEqualTo(status);
    assertReadable(response);
    assertThat(vary(get(path))).containsOnlyOnce("origin");
  }

  @Test
  void springsOwnOrigin_isNotOurs() throws Exception {
    assertThat(preflight("/open/hello", OTHER).statusCode()).isEqualTo(403);
    assertThat(allowOrigin(preflight("/open/hello", OTHER))).isEmpty();
    HttpResponse<String> response = get("/open/hello", "Origin", OTHER);
    assertThat(allowOrigin(response)).isEmpty();
    assertThat(response.headers().firstValue("Access-Control-Expose-Headers")).isEmpty();
  }

  @Test
  void pathThatIsOff_isSprings_onItsErrorPageToo() throws Exception {
    assertThat(allowOrigin(get("/open/off", "Origin", OTHER))).containsExactly(OTHER);
    HttpResponse<String> response = get("/open/off/missing", "Origin", OTHER);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(allowOrigin(response)).containsExactly(OTHER);
  }

  @Test
  void decisions_areCounted_andShownByTheEndpoint() throws Exception {
    double before = count("origin-allowed");
    get("/open/throws", "Origin", APP);
    get("/open/hello", "Origin", APP);
    get("/open/hello", "Origin", "https://evil.example");

    assertThat(count("origin-allowed")).isEqualTo(before + 2);
    HttpResponse<String> response = get("/actuator/corsac", "Authorization", ADA);
    assertThat(response.body())
        .startsWith(
            "{\"policy\":[\"routes:\",\"  - path: \\\"/open/off/**\\\"\",\"    cors:\","
                + "\"      off\",\"  - path: \\\"/**\\\"\",\"    cors:\","
                + "\"      allow_origins: [\\\"https://app.example\\\"]\","
                + "\"      allow_methods: [\\\"PUT\\\"]\",\"      allow_credentials: true\"],"
                + "\"findings\":[],\"decisions\":{\"no-policy\":")
        .contains("\"origin-allowed\":" + (int) count("origin-allowed") + ",")
        .doesNotContain("evil");
  }

  private double count(String reason) {
    return application
        .context()
        .getBean(MeterRegistry.class)
        .get("corsac.decisions")
        .tag("reason", reason)
        .functionCounter()
        .count();
  }

  private static void assertReadable(HttpResponse<String> response) {
    assertThat(allowOrigin(response)).containsExactly(APP);
    assertThat(response.headers().allValues("Access-Control-Allow-Credentials"))
        .containsExactly("true");
    assertThat(vary(response)).containsOnlyOnce("origin");
  }

  private static List<String> allowOrigin(HttpResponse<String> response) {
    return response.headers().allValues("Access-Control-Allow-Origin");
  }

  private static List<String> vary(HttpResponse<String> response) {
    return response.headers().allValues("Vary").stream()
        .flatMap(line -> Arrays.stream(line.toLowerCase(Locale.ROOT).split(",", -1)))
        .map(String::strip)
        .toList();
  }

  private HttpResponse<String> preflight(String path, String origin) throws Exception {
    return send("OPTIONS", path, "Origin", origin, "Access-Control-Request-Method", "PUT");
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(headers));
    all.addAll(List.of("Accept", "application/json, text/plain"));
    return send("GET", path, all.toArray(String[]::new));
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + application.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .headers(headers)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
