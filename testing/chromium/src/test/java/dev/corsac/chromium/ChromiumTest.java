package dev.corsac.chromium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChromiumTest {
  private final HttpServer server = server();

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          byte[] page =
              "<button onclick=\"this.innerText='clicked'\">Click</button>"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void runsJavaScriptAndKeepsWhatTheBrowserSaid() {
    int port = server.getAddress().getPort();
    String other = "http://127.0.0.1:" + port + "/";
    try (Chromium chromium = Chromium.start();
        Tab tab = chromium.newTab()) {
      tab.open("http://localhost:" + port + "/").click("button");
      assertThat(tab.text("button")).isEqualTo("clicked");
      assertThat(tab.evaluate("Promise.resolve(6 * 7)").asInt()).isEqualTo(42);

      assertThatThrownBy(() -> tab.evaluate("fetch('" + other + "')"))
          .hasMessageContaining("Failed to fetch");
      assertThat(tab.failures())
          .contains(new Tab.Failure(other, "net::ERR_FAILED", "MissingAllowOriginHeader"));
      tab.await("true");
      assertThat(tab.console())
          .anyMatch(line -> line.contains("has been blocked by CORS policy: No 'Access-Control-"));
    }
  }

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
