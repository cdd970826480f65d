package dev.corsac.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.CorsPolicy;
import dev.corsac.Enforcement;
import dev.corsac.contract.Server;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A WebSocket at {@code /app/ws}, and a policy with enforce, on a stack and in all its ways. */
abstract class Handshakes {
  static final CorsPolicy POLICY =
      CorsPolicy.builder().allowOrigins("https://app.example").enforce(Enforcement.UNSAFE).build();

  /** A way to set up the server. */
  @FunctionalInterface
  interface Start {
    Server run() throws Exception;
  }

  /** An endpoint of Jakarta WebSocket that does nothing. */
  public static final class Silent extends Endpoint {
    static final ServerEndpointConfig CONFIG =
        ServerEndpointConfig.Builder.create(Silent.class, "/ws").build();

    @Override
    public void onOpen(Session session, EndpointConfig config) {}
  }

  @ParameterizedTest
  @MethodSource("ways")
  void enforce_reachesTheHandshake(Start way) throws Exception {
    Server server = way.run();
    try {
      for (String upgrade : List.of("websocket", "WebSocket", "websocket, foo", "websocket/13")) {
        assertRefused(server, upgrade, "https://evil.example");
        assertRefused(server, upgrade, "null");
        assertRefused(server, upgrade, "https://app.example.evil.example");
      }
      assertThat(handshake(server, "websocket", "https://app.example")).startsWith("http/1.1 101 ");
      assertThat(handshake(server, "websocket", "")).startsWith("http/1.1 101 ");
    } finally {
      server.stop().run();
    }
  }

  private static void assertRefused(Server server, String upgrade, String origin)
      throws IOException {
    assertThat(handshake(server, upgrade, origin))
        .startsWith("http/1.1 403")
        .contains("\r\nvary: origin\r\n")
        .doesNotContain("\r\naccess-control-");
  }

  /** The head of the response, in lower case. */
  private static String handshake(Server server, String upgrade, String origin) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(30_000);
      String request =
          "GET /app/ws HTTP/1.1\r\nHost: localhost\r\n"
              + (origin.isEmpty() ? "" : "Origin: " + origin + "\r\n")
              + "Upgrade: "
              + upgrade
              + "\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int read = socket.getInputStream().read();
        if (read < 0) {
          break;
        }
        head.append((char) read);
      }
      return head.toString().toLowerCase(Locale.ROOT);
    }
  }
}
