package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may look at the admin address. */
class DoorkeeperTest {
  private static final String TOKEN = "5f3c9a0e7b1d4826a95c03ef";
  private static final String WITH_TOKEN = "admin: 127.0.0.1:0\nadmin_token: " + TOKEN + "\n";

  @TempDir private Path folder = Path.of("replaced by JUnit");

  private static String get(FileRig rig, String path, String... lines) {
    return Rig.raw(
        rig.adminPort(),
        "GET "
            + path
            + " HTTP/1.1\r\n"
            + String.join("\r\n", lines)
            + "\r\nConnection: close\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/api/state", "/api/routes", "/api/explain?method=GET"})
  void withoutTheToken_isRefusedWith401(String path) throws IOException {
    try (FileRig rig = new FileRig(folder, WITH_TOKEN)) {
      for (String line :
          new String[] {
            "X: y",
            "Authorization: Bearer",
            "Authorization: Bearer x",
            "Authorization: Bearer " + TOKEN + "0",
            "Authorization: Bearer " + TOKEN.substring(1),
            "Authorization: Basic " + TOKEN,
            "Authorization: Bearer " + TOKEN + "\r\nAuthorization: Bearer " + TOKEN,
          }) {
        assertThat(get(rig, path, "Host: any.example", line))
            .startsWith("HTTP/1.1 401")
            .containsIgnoringCase("www-authenticate: Bearer")
            .doesNotContain(TOKEN, "corsac_");
      }
    }
  }

  @Test
  void withTheToken_itIsShown_underAnyName() throws IOException {
    try (FileRig rig = new FileRig(folder, WITH_TOKEN)) {
      for (String path : new String[] {"/metrics", "/api/state", "/api/routes"}) {
        assertThat(get(rig, path, "Host: watch.internal.example", "Authorization: bearer " + TOKEN))
            .startsWith("HTTP/1.1 200");
      }
      assertThat(get(rig, "/", "Host: watch.internal.example")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void withoutAToken_aNameThatIsNotItsOwn_isRefusedWith421() throws IOException {
    try (FileRig rig = new FileRig(folder, "admin: 127.0.0.1:0\n")) {
      for (String path : new String[] {"/", "/watch.js", "/metrics", "/api/state"}) {
        for (String host :
            new String[] {"rebound.example", "127.0.0.1.rebound.example", "localhost.example"}) {
          assertThat(get(rig, path, "Host: " + host)).startsWith("HTTP/1.1 421");
        }
        assertThat(get(rig, "http://rebound.example" + path, "Host: localhost"))
            .startsWith("HTTP/1.1 421");
        for (String host : new String[] {"localhost", "127.0.0.1:8001", "[::1]:8001"}) {
          assertThat(get(rig, path, "Host: " + host)).startsWith("HTTP/1.1 200");
        }
      }
      assertThat(get(rig, "/health/live", "Host: balancer.example")).startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin: 127.0.0.1:0\n", WITH_TOKEN})
  void pagesOfOtherOrigins_areRefusedWith403(String yaml) throws IOException {
    try (FileRig rig = new FileRig(folder, yaml)) {
      String token = "Authorization: Bearer " + TOKEN;
      for (String path : new String[] {"/", "/metrics", "/api/state"}) {
        for (String line :
            new String[] {
              "Origin: https://evil.example",
              "Origin: null",
              "Origin: https://localhost",
              "Origin: http://localhost:1",
              "Sec-Fetch-Site: cross-site",
              "Sec-Fetch-Site: same-site",
              "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe",
            }) {
          assertThat(get(rig, path, "Host: localhost", token, line))
              .as(line)
              .startsWith("HTTP/1.1 403")
              .doesNotContainIgnoringCase("access-control-");
        }
        assertThat(get(rig, path, "Host: localhost", token, "Origin: http://localhost"))
            .startsWith("HTTP/1.1 200");
      }
      // A link that somebody follows.
      assertThat(
              get(
                  rig,
                  "/",
                  "Host: localhost",
                  "Sec-Fetch-Site: cross-site",
                  "Sec-Fetch-Mode: navigate",
                  "Sec-Fetch-Dest: document"))
          .startsWith("HTTP/1.1 200");
    }
  }
}
