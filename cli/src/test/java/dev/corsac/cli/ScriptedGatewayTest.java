package dev.corsac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code corsac} script with what this build has compiled, as a process of its own. */
class ScriptedGatewayTest {
  @TempDir private Path home = Path.of("replaced by JUnit");

  private @Nullable Process process;

  /** What the script looks for: a jar that is newer than any source. */
  @BeforeEach
  void lay() throws IOException {
    Files.copy(Path.of("../corsac"), home.resolve("corsac"));
    Files.setPosixFilePermissions(
        home.resolve("corsac"), PosixFilePermissions.fromString("rwx------"));
    Path launch = home.resolve("dist/src/main/archive/lib/launch.bash");
    Files.createDirectories(launch.getParent());
    Files.copy(Path.of("../dist/src/main/archive/lib/launch.bash"), launch);
    Path target = Files.createDirectories(home.resolve("cli/target"));
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(
        Attributes.Name.CLASS_PATH,
        Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1))
            .map(each -> Path.of(each).toUri().toString())
            .collect(Collectors.joining(" ")));
    new JarOutputStream(Files.newOutputStream(target.resolve("corsac-cli-0.jar")), manifest)
        .close();
    Path pom = Files.writeString(home.resolve("pom.xml"), "");
    Files.setLastModifiedTime(pom, FileTime.fromMillis(0));
    Files.writeString(target.resolve(".built"), "");
    Files.writeString(
        home.resolve("corsac.yaml"),
        """
        listen: 127.0.0.1:0
        upstream: http://127.0.0.1:1
        cors: { allow_origins: ["https://page.example"], enforce: all }
        timeouts: { drain: 0s }
        """);
  }

  @AfterEach
  void end() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  private Process gateway(String options) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("./corsac", "gateway").directory(home.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("CORSAC_JAVA_OPTS", options);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    Process started = builder.redirectError(home.resolve("err").toFile()).start();
    process = started;
    return started;
  }

  private static int port(BufferedReader out) throws IOException {
    String line = out.readLine();
    assertThat(line).contains("listening on http://127.0.0.1:");
    return Integer.parseInt(line.replaceAll(".*127\\.0\\.0\\.1:(\\d+).*", "$1"));
  }

  @Test
  void outOfMemory_endsTheProcess() throws Exception {
    Process tiny = gateway("-Xmx7m -Xlog:disable");
    assertThat(tiny.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(tiny.exitValue()).isNotZero();
    assertThat(Files.readString(home.resolve("err")) + text(tiny))
        .contains("Terminating due to java.lang.OutOfMemoryError");
  }

  private static String text(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void whatIsReported_passes_andTheLogSaysSo() throws Exception {
    Files.writeString(
        home.resolve("corsac.yaml"),
        """
        listen: 127.0.0.1:0
        hosts: [127.0.0.1]
        upstream: http://127.0.0.1:1
        cors: { allow_origins: ["https://page.example"], enforce_report: all }
        timeouts: { drain: 0s }
        """);
    Process running = gateway("-Xmx128m");
    try (BufferedReader out = running.inputReader(StandardCharsets.UTF_8)) {
      int port = port(out);
      assertThat(send(port, "POST /a HTTP/1.1", "Host: 127.0.0.1", "Origin: https://evil.example"))
          .startsWith("HTTP/1.1 502");
      assertThat(
              send(
                  port,
                  "GET /b HTTP/1.1",
                  "Host: 127.0.0.1",
                  "Origin: https://page.example",
                  "Cookie: a=b"))
          .startsWith("HTTP/1.1 502");
      assertThat(send(port, "GET /c HTTP/1.1", "Host: evil.example")).startsWith("HTTP/1.1 421");
      running.destroy();
      assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(Files.readString(home.resolve("err")))
        .contains(
            "corsac  would refuse  127.0.0.1  POST /a  origin-not-allowed; origin=\"https://evil.example\"; would-refuse=origin-not-allowed; passed on",
            "corsac  would refuse  127.0.0.1  GET /b  origin-allowed; origin=\"https://page.example\"; would-refuse=credentials-not-allowed; passed on",
            "corsac  421  127.0.0.1  GET /c  this server does not answer to that name (hosts).")
        .doesNotContain("denied");
  }

  private static String send(int port, String... lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void aHostileClient_fillsNoLog_andSigtermEndsWith0() throws Exception {
    Process running = gateway("-Xmx128m");
    try (BufferedReader out = running.inputReader(StandardCharsets.UTF_8)) {
      int port = port(out);
      String[] hostile = {
        "GET / HTTP/1.1\r\nHost: %0a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n\r\n",
        "GET /\u0000\u001b[31m HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense that is no frame",
        "\u0016\u0003\u0001 a client that means TLS\r\n\r\n",
      };
      for (int i = 0; i < 3000; i++) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          socket
              .getOutputStream()
              .write(hostile[i % hostile.length].getBytes(StandardCharsets.ISO_8859_1));
          if (i % 3 != 0) {
            // Otherwise a reset.
            socket.setSoTimeout(20_000);
            int unused = socket.getInputStream().read();
          }
        } catch (SocketException e) {
          // Refused in another way.
        }
      }
      running.destroy();
      assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(running.exitValue()).isZero();
    }
    String log = Files.readString(home.resolve("err"));
    assertThat(log).contains("127.0.0.1  GET /", " more in ", "no upstream saw it");
    assertThat(log.length()).isLessThan(500_000);
    assertThat(log.lines().filter(line -> line.contains(" corsac  ") || line.contains("io.")))
        .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT.*"));
    assertThat(log).doesNotContain("defect", "\u001b", "\tat ");
  }
}
