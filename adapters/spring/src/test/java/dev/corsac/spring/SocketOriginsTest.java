package dev.corsac.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.CorsPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.sockjs.support.SockJsHttpRequestHandler;

/** Spring's own check of WebSocket, STOMP, SockJS and GraphQL endpoints follows the policy. */
class SocketOriginsTest {
  private static final String APP = "https://app.example.com";
  private static final String EVIL = "https://evil.example";
  private static final String PARTNER = SocketApplication.PARTNER;
  private static final String SOCKJS_SESSION = "/sockjs/1/new/websocket";
  private static final String COOKIE = "Cookie: session=1";

  private static final boolean BOOT_3 = SpringBootVersion.getVersion().startsWith("3.");

  /**
   * Where the class path has both servers, Spring 6 upgrades Tomcat's way, and Spring 7 Jetty's.
   */
  private static final String WITHOUT =
      BOOT_3 ? RunningApplication.JETTY : RunningApplication.TOMCAT;

  private final List<RunningApplication> running = new ArrayList<>();

  @AfterEach
  void stop() {
    running.forEach(RunningApplication::close);
  }

  /** With the policy of most tests. */
  private RunningApplication start(String... properties) {
    return startOn(WITHOUT, properties);
  }

  private RunningApplication startOn(String hiddenServer, String... properties) {
    List<String> all = new ArrayList<>(List.of(properties));
    all.add("spring.graphql.schema.locations=classpath:sockets/");
    all.add("spring.graphql.websocket.path=/graphql");
    all.add("corsac.routes[0].path=/off/**");
    all.add("corsac.routes[0].cors=off");
    all.add("corsac.cors.allow-origins=" + APP + ",https://*.team.example.com");
    RunningApplication application =
        RunningApplication.start(
            SocketApplication.class,
            WebApplicationType.SERVLET,
            List.of(hiddenServer, RunningApplication.SECURITY),
            Map.of(),
            all.toArray(String[]::new));
    running.add(application);
    return application;
  }

  private static String[] endpoints() {
    return new String[] {
      "/ws", "/stomp", "/graphql", "/sockjs/websocket", SOCKJS_SESSION, "/stomp-sockjs/websocket"
    };
  }

  /** GraphQL's endpoint checks no origin before Spring for GraphQL 2. */
  private static boolean isUnchecked(String path) {
    return path.equals("/graphql") && BOOT_3;
  }

  @ParameterizedTest
  @ValueSource(strings = {RunningApplication.JETTY, RunningApplication.TOMCAT})
  void handshake_passesFromOriginsOfThePolicyOnly(String hiddenServer) throws IOException {
    RunningApplication application = startOn(hiddenServer, "corsac.cors.allow-credentials=true");

    for (String path : endpoints()) {
      if (path.equals("/graphql") && !hiddenServer.equals(WITHOUT)) {
        continue;
      }
      int refused = isUnchecked(path) ? 101 : 403;
      assertThat(handshake(application, path, APP, COOKIE)).as(path).isEqualTo(101);
      assertThat(handshake(application, path, "https://a.team.example.com")).isEqualTo(101);
      assertThat(handshake(application, path, EVIL)).as(path).isEqualTo(refused);
      assertThat(handshake(application, path, APP + ".evil.example")).isEqualTo(refused);
      assertThat(handshake(application, path, "null")).as(path).isEqualTo(refused);
    }
  }

  /** Origins that are allowed may read without a user's session, and not speak for the user. */
  @Test
  void handshakeWithCredentials_isRefusedToOriginsThatAreAllowedWithout() throws IOException {
    RunningApplication application = start();

    for (String path : endpoints()) {
      int refused = isUnchecked(path) ? 101 : 403;
      assertThat(handshake(application, path, APP)).as(path).isEqualTo(101);
      assertThat(handshake(application, path, APP, COOKIE)).as(path).isEqualTo(refused);
      assertThat(handshake(application, path, APP, "Authorization: Basic YTpi"))
          .as(path)
          .isEqualTo(refused);
    }
  }

  @Test
  void anyOrigin_speaksForNoUser() throws IOException {
    RunningApplication application =
        start("corsac.routes[1].path=/**", "corsac.routes[1].cors.allow-origins=*");

    assertThat(handshake(application, "/ws", EVIL)).isEqualTo(101);
    assertThat(handshake(application, "/ws", EVIL, COOKIE)).isEqualTo(403);
    assertThat(handshake(application, "/sockjs/websocket", EVIL, COOKIE)).isEqualTo(403);
  }

  @Test
  void ownOrigin_passes() throws IOException {
    RunningApplication application = start();

    for (String path : endpoints()) {
      String own = "http://127.0.0.1:" + application.port();
      assertThat(handshake(application, path, own, COOKIE)).as(path).isEqualTo(101);
    }
  }

  /** Behind a proxy that ends TLS, Spring takes the server's own page for a stranger. */
  @Test
  void ownOriginByAnotherScheme_passesUnderEnforce() throws IOException {
    RunningApplication application = start("corsac.cors.enforce=unsafe");
    String own = "https://127.0.0.1:" + application.port();

    assertThat(handshake(application, "/ws", own, COOKIE)).isEqualTo(101);
    assertThat(handshake(application, "/ws", EVIL)).isEqualTo(403);
    assertThat(handshake(application, "/graphql", EVIL)).isEqualTo(403);
  }

  /** A socket lets a page read, too, which a trusted origin may not. */
  @Test
  void trustedOrigin_hasSpringsDefault() throws IOException {
    RunningApplication application =
        start("corsac.cors.enforce=unsafe", "corsac.cors.trusted-origins=" + PARTNER);

    assertThat(handshake(application, "/ws", PARTNER)).isEqualTo(403);
    assertThat(handshake(application, "/listed/ws", PARTNER)).isEqualTo(101);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/listed/ws", "/patterns/ws", "/listed/stomp", "/listed/sockjs/websocket"})
  void listOfTheApplication_stays(String path) throws IOException {
    RunningApplication application = start("corsac.cors.allow-credentials=true");

    assertThat(handshake(application, path, PARTNER)).isEqualTo(101);
    assertThat(handshake(application, path, APP)).isEqualTo(403);
    assertThat(handshake(application, path, EVIL)).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/off/ws", "/off/stomp", "/off/sockjs/websocket"})
  void pathWithoutPolicy_hasSpringsDefault(String path) throws IOException {
    RunningApplication application = start("corsac.cors.allow-credentials=true");

    assertThat(handshake(application, path, "http://127.0.0.1:" + application.port()))
        .isEqualTo(101);
    assertThat(handshake(application, path, APP)).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /sockjs/info, 200",
    "POST, /sockjs/000/b/xhr, 200",
    "POST, /sockjs/000/c/xhr_streaming, 200",
    "GET, /sockjs/000/d/eventsource, 200",
    "GET, /stomp-sockjs/info, 200",
  })
  void sockJs_isReadableToOriginsOfThePolicyOnly(String method, String path, int status)
      throws IOException {
    RunningApplication application = start("corsac.cors.allow-credentials=true");

    List<String> allowed = send(application, method, path, APP, COOKIE);
    assertThat(status(allowed)).isEqualTo(status);
    assertThat(allowed)
        .containsOnlyOnce("access-control-allow-origin: " + APP)
        .containsOnlyOnce("access-control-allow-credentials: true");
    List<String> refused = send(application, method, path, EVIL);
    assertThat(status(refused)).isEqualTo(403);
    assertThat(refused).noneMatch(line -> line.startsWith("access-control-"));
    assertThat(status(send(application, method, "/off" + path.replace("stomp-", ""), APP)))
        .isEqualTo(403);
  }

  @Test
  void reload_isFollowed() throws IOException {
    RunningApplication application = start();
    assertThat(handshake(application, "/ws", PARTNER)).isEqualTo(403);

    application
        .context()
        .getBean(ReloadableCors.class)
        .replace(CorsPolicy.builder().allowOrigins(PARTNER).build());

    assertThat(handshake(application, "/ws", PARTNER)).isEqualTo(101);
    assertThat(handshake(application, "/ws", APP)).isEqualTo(403);
  }

  @Test
  void sockJsService_keepsItsSettings() {
    RunningApplication application = start();

    assertThat(application.context().getBeansOfType(WebSocketHandlerMapping.class).values())
        .flatExtracting(mapping -> mapping.getUrlMap().values())
        .filteredOn(SockJsHttpRequestHandler.class::isInstance)
        .extracting(handler -> ((SockJsHttpRequestHandler) handler).getSockJsService())
        .filteredOn(PolicySockJsService.class::isInstance)
        .extracting(service -> ((PolicySockJsService) service).getHeartbeatTime())
        .containsOnly(1234L, 25_000L);
  }

  private static int handshake(
      RunningApplication application, String path, String origin, String... headers)
      throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
    if (path.equals("/graphql")) {
      all.add("Sec-WebSocket-Protocol: graphql-transport-ws");
    }
    all.addAll(List.of(headers));
    String once = path.replace("new", UUID.randomUUID().toString());
    return status(send(application, "GET", once, origin, all.toArray(String[]::new)));
  }

  private static int status(List<String> head) {
    return Integer.parseInt(head.get(0).substring(9, 12));
  }

  /** The head of the response, names in lower case. */
  private static List<String> send(
      RunningApplication application, String method, String path, String origin, String... headers)
      throws IOException {
    StringBuilder request = new StringBuilder();
    request.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    request.append("Host: 127.0.0.1:").append(application.port()).append("\r\n");
    request.append("Origin: ").append(origin).append("\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    if (method.equals("POST")) {
      request.append("Content-Length: 0\r\n");
    }
    request.append("\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      List<String> head = new ArrayList<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.add(head.isEmpty() ? line : lowerName(line));
      }
      return head;
    }
  }

  private static String lowerName(String line) {
    int colon = line.indexOf(':');
    return line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon);
  }
}
