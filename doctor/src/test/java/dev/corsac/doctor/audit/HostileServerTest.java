package dev.corsac.doctor.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.browser.http.HttpTransport;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a server does, an audit of it ends. */
@Timeout(120)
class HostileServerTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  @ParameterizedTest
  @CsvSource({
    "'', '', closed without an answer",
    "'banana\\r\\n\\r\\n', '', not an HTTP status line",
    "'HTTP/1.1 200 OK\\r\\n', 'X: yyyyyyyyyyyyyyyy\\r\\n', more than 262144 bytes",
    "'HTTP/1.1 200 OK\\r\\nX: ', a, no response within 0.5 s",
    "'', 'HTTP/1.1 103 x\\r\\n\\r\\n', more than 16 interim responses",
  })
  void whoNeverAnswersIsUnreachable(String start, String endless, String why) throws IOException {
    try (HostileServer server =
        new HostileServer(0, start.translateEscapes(), endless.translateEscapes())) {
      Audit audit = audit(server);
      assertThatThrownBy(audit::run).isInstanceOf(IOException.class).hasMessageContaining(why);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "'banana\\r\\n\\r\\n', ''",
    "'HTTP/1.1 200 OK\\r\\n', 'X: yyyyyyyyyyyyyyyy\\r\\n'",
    "'HTTP/1.1 200 OK\\r\\nX: ', a",
  })
  void whoCeasesToAnswerIsLeftAlone(String start, String endless) throws Exception {
    try (HostileServer server =
        new HostileServer(7, start.translateEscapes(), endless.translateEscapes())) {
      AuditReport report = audit(server).run();
      assertThat(report.stopped()).get().asString().contains("5 requests without a response");
      assertThat(report.requests()).isEqualTo(7 + Prober.MAX_UNANSWERED - 1);
    }
  }

  @Test
  void endlessBodiesAreNotRead() throws Exception {
    String answer = OK + "Access-Control-Allow-Origin: *\r\n\r\n";
    try (HostileServer server = new HostileServer(0, answer, "x".repeat(1 << 16))) {
      AuditReport report = audit(server).run();
      assertThat(report.stopped()).isEmpty();
      assertThat(report.findings()).isEmpty();
    }
  }

  @Test
  void bodiesThatDripAreNotAwaited() throws Exception {
    try (HostileServer server = new HostileServer(0, OK + "Content-Length: 99\r\n\r\n", "x")) {
      assertThat(audit(server).run().stopped()).isEmpty();
    }
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    String answer = "HTTP/1.1 302 Found\r\nLocation: /data\r\nContent-Length: 0\r\n\r\n";
    try (HostileServer server = new HostileServer(0, answer, "")) {
      AuditReport report = audit(server).run();
      assertThat(report.findings()).isEmpty();
      assertThat(report.notes()).anyMatch(note -> note.contains("redirects"));
    }
  }

  private static Audit audit(HostileServer server) {
    return Audit.builder(server.url())
        .rate(1000)
        .transport(HttpTransport.create().maxBody(0).timeout(Duration.ofMillis(500)))
        .build();
  }
}
