package dev.corsac.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.doctor.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of docs/doctor.md, which shows this file. */
class DoctorGuideTest {
  @Test
  void anApiThatDoesNotAnswerOptions() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/data",
        exchange -> {
          exchange.sendResponseHeaders(
              exchange.getRequestMethod().equals("OPTIONS") ? 405 : 204, -1);
          exchange.close();
        });
    server.start();
    String url = "http://localhost:" + server.getAddress().getPort() + "/data";
    // A page on https may not ask for http, except on this computer.
    // [examine]
    Diagnosis diagnosis =
        Doctor.create()
            .examine(Page.of("https://app.example.com"), PageRequest.fetch(url).method("DELETE"));

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.BLOCKED);
    assertThat(diagnosis.problem()).contains(Problem.PREFLIGHT_NOT_HANDLED);
    assertThat(diagnosis.chromiumError()).contains("PreflightMissingAllowOriginHeader");
    // [/examine]
    server.stop(0);
  }

  @Test
  void docsShowThisFile() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/corsac/doctor/DoctorGuideTest.java"));
    String example =
        source.substring(
            source.indexOf("// [examine]\n") + "// [examine]\n".length(),
            source.indexOf("    // [/examine]"));
    assertThat(Files.readString(Path.of("../docs/doctor.md")))
        .contains("<!-- DoctorGuideTest: examine -->\n```java\n" + example + "```");
  }
}
