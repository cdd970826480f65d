package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.Shadow;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.ConfigResult;
import dev.corsac.finding.Severity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code shadow}: a candidate policy counts, and changes nothing. */
class ShadowedRoutesTest {
  private static final String NOW = "https://now.example";
  private static final String SOON = "https://soon.example";

  @TempDir private Path folder = Path.of("");
  private final Rig rig = new Rig();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void theCandidateIsCounted_byRoute_andNotApplied() throws Exception {
    try (Gateway gateway =
        start(
            """
            cors: { allow_origins: ["https://now.example"] }
            shadow: { allow_origins: ["https://soon.example"] }
            routes:
              - path: /a/**
                shadow: { allow_origins: ["https://now.example"], enforce: all }
              - path: /b/**
                cors: { allow_origins: ["https://now.example"] }
              - path: /c/**
            """)) {
      HttpResponse<String> allowed = get(gateway, "/", NOW);
      assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains(NOW);
      HttpResponse<String> denied = get(gateway, "/c/d", SOON);
      assertThat(denied.statusCode()).isEqualTo(200);
      assertThat(denied.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      assertThat(get(gateway, "/a/x", SOON).statusCode()).isEqualTo(200);
      assertThat(get(gateway, "/b/x", SOON).statusCode()).isEqualTo(200);

      assertThat(gateway.shadows()).containsOnlyKeys("default", "/a/**");
      assertThat(of(gateway, "default").wouldBlock()).isEqualTo(1);
      assertThat(of(gateway, "default").wouldAllow()).isEqualTo(1);
      assertThat(of(gateway, "/a/**").wouldBlock()).isEqualTo(1);
      assertThat(of(gateway, "/a/**").agreed()).isZero();
    }
  }

  @Test
  void withoutACandidate_nothingIsCounted() throws Exception {
    try (Gateway gateway = start("cors: { allow_origins: [\"https://now.example\"] }\n")) {
      get(gateway, "/", NOW);
      assertThat(gateway.shadows()).isEmpty();
    }
  }

  private static Shadow of(Gateway gateway, String route) {
    return Objects.requireNonNull(gateway.shadows().get(route));
  }

  private Gateway start(String yaml) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("corsac.yaml"),
            "listen: 127.0.0.1:0\nupstream: " + rig.upstreamUrl() + "\n" + yaml);
    ConfigResult result = ConfigLoader.load(file, Map.of());
    assertThat(result.findings()).allMatch(each -> each.severity() != Severity.ERROR);
    return Gateway.start(result.config().orElseThrow());
  }

  private HttpResponse<String> get(Gateway gateway, String path, String origin) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(gateway.url() + path)).header("Origin", origin).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
