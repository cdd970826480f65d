package dev.corsac.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.Shadow;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Spring's own settings of the server beside Corsac: the same on MVC and on WebFlux. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
abstract class ServerSettingsContract {
  private static final String APP = "https://app.example";
  private static final String OPS = "https://ops.example";
  private static final String EVIL = "https://evil.example";

  private final RunningApplication application = start();

  /** The application on its server. */
  abstract RunningApplication start();

  @AfterAll
  void stop() {
    application.close();
  }

  static RunningApplication start(
      Class<?> application, WebApplicationType type, List<String> hidden) {
    return RunningApplication.start(
        application,
        type,
        hidden,
        Map.of(),
        "logging.level.corsac=info",
        "corsac.log-denied=true",
        "corsac.cors.allow-origins=" + APP,
        "corsac.cors.enforce=unsafe",
        "corsac.routes[0].path=/public/**",
        "corsac.routes[0].cors.allow-origins=*",
        "corsac.routes[1].path=/off/**",
        "corsac.routes[1].cors=off",
        "corsac.routes[2].path=/shadowed/**",
        "corsac.routes[2].cors.allow-origins=" + APP,
        "corsac.routes[2].shadow.allow-origins=" + OPS,
        "server.forward-headers-strategy=framework",
        "spring.autoconfigure.exclude=" + String.join(",", otherServersOf(hidden)),
        "management.server.port=0",
        "management.server.address=127.0.0.1",
        "management.endpoints.web.exposure.include=env",
        "management.endpoints.web.cors.allowed-origins=" + OPS);
  }

  /** What Spring Boot would take for the management port, from the class path as a whole. */
  private static List<String> otherServersOf(List<String> hidden) {
    return Stream.of("Tomcat", "Jetty")
        .filter(
            server ->
                hidden.contains(
                    server.equals("Jetty") ? RunningApplication.JETTY : RunningApplication.TOMCAT))
        .flatMap(server -> Stream.of(server + "Servlet", server + "Reactive"))
        .map(
            name ->
                "org.springframework.boot."
                    + (name.startsWith("Jetty") ? "jetty" : "tomcat")
                    + ".autoconfigure.actuate.web.server."
                    + name
                    + "ManagementContextAutoConfiguration")
        .toList();
  }

  @RestController
  static class Api {
    @GetMapping({"/api", "/public/api", "/off/api", "/off/off/api", "/shadowed/api"})
    String api() {
      return "api";
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api?bean", "/api?registration"})
  void policy_isAheadOfEveryFilter_alsoOfTheHighestPrecedence(String target) throws Exception {
    assertThat(send("OPTIONS " + target, APP, "Access-Control-Request-Method: GET"))
        .startsWith("http/1.1 200")
        .contains("access-control-allow-origin: " + APP);
    assertThat(send("GET " + target, APP))
        .doesNotStartWith("http/1.1 200")
        .contains("access-control-allow-origin: " + APP, "vary: origin");
  }

  @ParameterizedTest
  @CsvSource({
    "/api, /public, https://app.example",
    "/api, /off, https://app.example",
    "/api, '', https://app.example",
    "/public/api, /gw, *",
    "/public/api, /off, *",
    "/off/api, /public, ''",
    "/off/api, /off, ''"
  })
  void policy_isThatOfThePathOnTheWire(String path, String prefix, String allowed)
      throws Exception {
    String response = send("GET " + path + "?", APP, "X-Forwarded-Prefix: " + prefix);

    assertThat(response).startsWith("http/1.1 200");
    if (allowed.isEmpty()) {
      assertThat(response).doesNotContain("access-control-", "vary: origin");
    } else {
      assertThat(response).containsOnlyOnce("access-control-allow-origin: " + allowed + "\r\n");
    }
  }

  @Test
  void managementPort_isNoBusinessOfThePolicy() throws Exception {
    int port =
        Objects.requireNonNull(
            application
                .context()
                .getEnvironment()
                .getProperty("local.management.port", Integer.class));

    assertThat(port).isNotEqualTo(application.port());
    assertThat(send(port, "GET /actuator/env", OPS))
        .startsWith("http/1.1 200")
        .contains("access-control-allow-origin: " + OPS);
    assertThat(send(port, "OPTIONS /actuator/env", OPS, "Access-Control-Request-Method: GET"))
        .startsWith("http/1.1 200")
        .contains("access-control-allow-origin: " + OPS);
    assertThat(send(port, "GET /actuator/env", APP)).doesNotContain(APP);
    assertThat(send(port, "OPTIONS /actuator/env", APP, "Access-Control-Request-Method: GET"))
        .startsWith("http/1.1 403")
        .doesNotContain("access-control-allow-");
  }

  @Test
  void webSocket_isRefusedToOtherOrigins() throws Exception {
    String[] handshake = {
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };
    assertThat(send("GET /ws", EVIL, handshake)).startsWith("http/1.1 403");
    if (application.context().containsBean("endpoint")) {
      assertThat(send("GET /ws", APP, handshake)).startsWith("http/1.1 101");
    }
  }

  @Test
  void deniedRequests_areLogged(CapturedOutput output) throws Exception {
    send("POST /api/\u007f\u001b[31m", EVIL);
    send("GET /api/denied", EVIL);
    send("GET /api/allowed", APP);

    assertThat(output)
        .containsOnlyOnce(
            "denied  GET /api/denied  origin-not-allowed; origin=\""
                + EVIL
                + "\"; the application runs")
        .doesNotContain("/api/allowed", "\u001b[31m");
  }

  @Test
  void candidate_isCountedAndLogged_andNeverApplied(CapturedOutput output) throws Exception {
    assertThat(send("GET /shadowed/api", OPS))
        .startsWith("http/1.1 200")
        .doesNotContain("access-control-");
    assertThat(send("OPTIONS /shadowed/api", OPS, "Access-Control-Request-Method: GET"))
        .startsWith("http/1.1 403");
    assertThat(send("GET /shadowed/api", APP)).contains("access-control-allow-origin: " + APP);
    assertThat(send("GET /shadowed/api", EVIL)).doesNotContain("access-control-");

    Shadow shadow =
        application.context().getBean(ReloadableCors.class).shadows().get("/shadowed/**");
    assertThat(shadow).hasToString("allow_origins: [\"" + OPS + "\"]");
    Objects.requireNonNull(shadow);
    assertThat(List.of(shadow.wouldAllow(), shadow.wouldBlock(), shadow.agreed()))
        .containsExactly(2L, 1L, 1L);
    MeterRegistry meters = application.context().getBean(MeterRegistry.class);
    assertThat(
            meters
                .get("corsac.shadow.requests")
                .tags("route", "/shadowed/**", "outcome", "would-allow")
                .gauge()
                .value())
        .isEqualTo(2);
    assertThat(output)
        .containsOnlyOnce(
            "shadow would allow  GET /shadowed/api  origin-allowed; origin=\""
                + OPS
                + "\"; now origin-not-allowed")
        .containsOnlyOnce(
            "shadow would block  GET /shadowed/api  origin-not-allowed; origin=\""
                + APP
                + "\"; now origin-allowed");
  }

  private String send(String line, String origin, String... headers) throws IOException {
    return send(application.port(), line, origin, headers);
  }

  /** The head of the response in lower case. */
  static String send(int port, String line, String origin, String... headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      String head =
          line
              + " HTTP/1.1\r\nHost: localhost\r\nOrigin: "
              + origin
              + "\r\n"
              + Stream.of(headers).map(header -> header + "\r\n").reduce("", String::concat)
              + "\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      StringBuilder response = new StringBuilder();
      while (response.indexOf("\r\n\r\n") < 0) {
        int read = socket.getInputStream().read();
        if (read < 0) {
          break;
        }
        response.append((char) read);
      }
      return response.toString().toLowerCase(Locale.ROOT);
    }
  }
}
