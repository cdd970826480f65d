package dev.corsac.doctor.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/audit.md says what the code does. */
class AuditGuideTest {
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- AuditGuideTest: audit -->\n```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void theCodeIsThatOfThisTest() throws IOException {
    Matcher snippet = SNIPPET.matcher(page());
    assertThat(snippet.find()).isTrue();
    String test =
        Files.readString(Path.of("src/test/java/dev/corsac/doctor/audit/AuditGuideTest.java"));
    String code =
        test.substring(test.indexOf("// tag" + "::audit"), test.indexOf("// end" + "::audit"));
    List<String> lines = code.lines().skip(1).map(String::strip).filter(l -> !l.isEmpty()).toList();
    assertThat(snippet.group(1).lines().map(String::strip).filter(l -> !l.isEmpty()).toList())
        .isEqualTo(lines);
  }

  @Test
  void theCodeRuns() throws Exception {
    try (Fixture server = new Fixture(RightServer.credentialed(RightServer.ONLY_APP))) {
      Transport transport = server.transport();
      // tag::audit
      AuditReport report =
          Audit.builder("https://api.example.com/data")
              .origin("https://app.example.com")
              .rate(100)
              .transport(transport)
              .build()
              .run();
      assertThat(report.findings()).isEmpty();
      // end::audit
    }
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/audit.md"));
  }
}
