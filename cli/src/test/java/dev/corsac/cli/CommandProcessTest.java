package dev.corsac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a shell runs it: a process with an environment, streams and signals. */
@Timeout(120)
class CommandProcessTest {
  private static final String CONFIG =
      """
      listen: 127.0.0.1:0
      upstream: http://127.0.0.1:1
      cors: { allow_origins: [https://example.com] }
      profiles:
        production:
          cors: { allow_credentials: true }
      """;

  @TempDir private Path folder = Path.of("replaced by JUnit");

  @Test
  void theGatewaySaysWhatItServesAndStopsOnASignal() throws Exception {
    Path file = Files.writeString(folder.resolve("my corsac.yaml"), CONFIG);
    Process gateway = start(Map.of("CORSAC_ENV", "production"), "gateway", "--config", "" + file);
    try (BufferedReader out = reader(gateway)) {
      assertThat(out.readLine())
          .matches(
              "listening on http://127\\.0\\.0\\.1:\\d+ \\(.*my corsac\\.yaml, profile production\\)");
      Files.writeString(file, CONFIG.replace("https://example.com", "example.com"));
      assertThat(line(folder.resolve("err"), "has errors"))
          .matches(
              "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}(Z|[+-]\\d{2}:\\d{2}) ERROR corsac .*");
      gateway.destroy();
      assertThat(gateway.waitFor()).isZero();
    } finally {
      gateway.destroyForcibly();
    }
  }

  @Test
  void aProfileThatIsNotInTheFileIsNone() throws Exception {
    Path file = Files.writeString(folder.resolve("corsac.yaml"), CONFIG);
    Process gateway = start(Map.of("ENV", "staging"), "gateway", "--config", "" + file);
    try (BufferedReader out = reader(gateway)) {
      assertThat(out.readLine()).startsWith("listening on http://").endsWith(", no profile)");
    } finally {
      gateway.destroyForcibly();
    }
  }

  @Test
  void aTakenPortIsExitCode2() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Path file = Files.writeString(folder.resolve("c.yaml"), CONFIG.replace(":0", ":" + port));
      Process gateway = start(Map.of(), "gateway", "--config", "" + file);
      assertThat(gateway.waitFor()).isEqualTo(2);
      assertThat(err())
          .isEqualTo(
              "Port %1$d is taken by another program. Stop it, or change listen: 127.0.0.1:%1$d in %2$s.\n"
                  .formatted(port, file));
      Process demo =
          start(
              Map.of(),
              "demo",
              "--port",
              "" + port,
              "--allowed-port",
              "0",
              "--unlisted-port",
              "0",
              "--sandbox-port",
              "0");
      assertThat(demo.waitFor()).isEqualTo(2);
      assertThat(err()).contains("choose another port with --port PORT.");
    }
  }

  @Test
  void aReaderThatLeavesIsNoError() throws Exception {
    Path file = Files.writeString(folder.resolve("c.yaml"), "cors: { allow_origins: [x] }");
    for (String format : List.of("text", "json", "sarif")) {
      Process lint = start(Map.of(), "lint", "" + file, "--format", format);
      lint.getInputStream().close();
      assertThat(lint.waitFor()).isEqualTo(1);
      assertThat(err()).isEmpty();
    }
  }

  @Test
  void coloursAndWidthAreTheEnvironments() throws Exception {
    Process page = start(Map.of("COLUMNS", "40", "CLICOLOR_FORCE", "1"), "rule", "origin-path");
    String coloured = new String(page.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(coloured).startsWith("\u001b[1morigin-path");
    assertThat(
            coloured.lines().filter(line -> !line.startsWith("    ") && !line.startsWith("(http")))
        .allSatisfy(line -> assertThat(line.replaceAll("\u001b\\[\\d*m", "")).hasSizeLessThan(41));
    Process plain = start(Map.of("NO_COLOR", "1"), "rule", "origin-path");
    assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .doesNotContain("\u001b");
  }

  private Process start(Map<String, String> environment, String... args) throws IOException {
    ProcessBuilder builder =
        CommandProcess.of("-XX:TieredStopAtLevel=1", args)
            .redirectError(folder.resolve("err").toFile());
    builder.environment().keySet().removeAll(List.of("ENV", "CORSAC_ENV", "COLUMNS", "NO_COLOR"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** What it wrote, but for what Vert.x says of a machine that stands still. */
  private String err() throws IOException {
    return Files.readString(folder.resolve("err")).replaceAll(".*BlockedThreadChecker.*\\R", "");
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** The first line of a file that contains a text, once there is one. */
  private static String line(Path file, String text) throws IOException, InterruptedException {
    while (true) {
      List<String> found =
          Files.readAllLines(file).stream().filter(line -> line.contains(text)).toList();
      if (!found.isEmpty()) {
        return found.get(0);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
