package dev.corsac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corsac.doctor.audit.Check;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@Timeout(120)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class AuditCommandTest {
  private static final String APP = "https://app.example.com";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private RawServer server = RawServer.start(AuditCommandTest::allowsNull);

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /** The app's origin, and null; everything else as it should be. */
  private static String allowsNull(RawServer.Asked asked) {
    String allow =
        asked.origin().equals(APP) || asked.origin().equals("null")
            ? "Access-Control-Allow-Origin: "
                + asked.origin()
                + "\r\nAccess-Control-Allow-Credentials: true\r\n"
            : "";
    return "HTTP/1.1 200 OK\r\nVary: Origin\r\nX-Other: 1\r\n" + allow + "\r\n";
  }

  private static String right(RawServer.Asked asked) {
    return asked.origin().equals("null")
        ? "HTTP/1.1 200 OK\r\nVary: Origin\r\n\r\n"
        : allowsNull(asked);
  }

  @Test
  void theVerdictComesFirstAndTheEvidenceWithIt() {
    assertThat(audit("--origin", APP)).isEqualTo(1);
    assertThat(out.toString().replace(server.url(), "URL").replaceFirst("with \\d+", "with N"))
        .isEqualTo(
            """
            1 finding at URL with N requests: 1 critical.
              allowed: https://app.example.com

            critical: The origin null is allowed
              seen:  Allowed with credentials: null
              > GET URL
              > Origin: null
              < status 200
              < Vary: Origin
              < Access-Control-Allow-Origin: null
              < Access-Control-Allow-Credentials: true
              < and 1 more
              why:   Any website reads what its visitor may read here, from a sandboxed
                     frame: the origin of that, and of data: and file: pages, is null.
              fix:   Take null off the list; it is nobody's origin.
              check: null-origin  corsac check null-origin

            """);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void nothingFoundIsSaidToo() throws IOException {
    restart(AuditCommandTest::right);
    assertThat(audit("--origin", APP)).isZero();
    assertThat(out.toString()).startsWith("Nothing found at " + server.url() + " with ");
    assertThat(json("--origin", APP, "--format", "json")).isEmpty();
  }

  @Test
  void onlyWhatIsAskedForFails() throws IOException {
    restart(
        asked -> "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nSet-Cookie: a=b\r\n\r\n");
    assertThat(audit()).isZero();
    assertThat(audit("--fail-on", "info")).isEqualTo(1);
    restart(AuditCommandTest::allowsNull);
    assertThat(audit("--fail-on", "critical")).isEqualTo(1);
  }

  @Test
  void aStackIsToldHowToMendIt() {
    assertThat(audit("--origin", APP, "--stack", "spring")).isEqualTo(1);
    assertThat(out.toString())
        .contains("\non Spring: ")
        .containsOnlyOnce("setAllowedOrigins(List.of(\"" + APP + "\"))");
    assertWrong("fastapi", server.url(), "--stack", "cobol");
  }

  @Test
  void jsonHasRequestAndResponse() throws IOException {
    JsonNode finding = json("--origin", APP, "--format", "json").get(0);
    assertThat(finding.fieldNames())
        .toIterable()
        .containsExactly(
            "check", "severity", "title", "seen", "why", "fix", "url", "request", "response");
    assertThat(finding.get("check").asText()).isEqualTo("null-origin");
    assertThat(finding.get("severity").asText()).isEqualTo("critical");
    assertThat(finding.at("/request/headers").toString())
        .contains("{\"name\":\"Origin\",\"value\":\"null\"}");
    assertThat(finding.at("/response/status").asInt()).isEqualTo(200);
    assertThat(finding.at("/response/headers/2").toString())
        .isEqualTo("{\"name\":\"Access-Control-Allow-Origin\",\"value\":\"null\"}");
  }

  @Test
  void sarifHasAllChecksAndTheExchange() throws IOException {
    JsonNode log = json("--origin", APP, "--format", "sarif");
    assertThat(log.get("version").asText()).isEqualTo("2.1.0");
    JsonNode run = log.get("runs").get(0);
    JsonNode rules = run.at("/tool/driver/rules");
    assertThat(rules).hasSameSizeAs(Check.values());
    assertThat(run.get("results")).hasSize(1);
    JsonNode result = run.get("results").get(0);
    assertThat(rules.get(result.get("ruleIndex").asInt()).get("id").asText())
        .isEqualTo("null-origin");
    JsonNode help = rules.get(result.get("ruleIndex").asInt()).get("help");
    assertThat(help.get("text").asText()).contains("The fix\n-------\n\nTake null off the list");
    assertThat(help.get("markdown").asText())
        .startsWith("# The origin null is allowed\n\n`null-origin`: critical; medium");
    assertThat(log.toString()).doesNotContain("docs/", "helpUri");
    assertThat(result.get("level").asText()).isEqualTo("error");
    assertThat(result.at("/message/text").asText()).contains("Fix: ");
    assertThat(result.at("/locations/0/physicalLocation").toString())
        .isEqualTo("{\"artifactLocation\":{\"uri\":\"" + server.url() + "\"}}");
    assertThat(result.at("/webRequest/method").asText()).isEqualTo("GET");
    assertThat(result.at("/webRequest/target").asText()).isEqualTo("/data");
    assertThat(result.at("/webRequest/headers/Origin").asText()).isEqualTo("null");
    assertThat(result.at("/webResponse/statusCode").asInt()).isEqualTo(200);
    assertThat(result.at("/webResponse/headers/Access-Control-Allow-Origin").asText())
        .isEqualTo("null");
  }

  @Test
  void nothingThatATerminalObeysReachesIt() throws IOException {
    restart(
        asked -> {
          String answer = allowsNull(asked);
          return answer.substring(0, answer.length() - 2)
              + "X-Red\u001b[31m: 1\r\n"
              + "Access-Control-Expose-Headers: \u001b]0;title\u0007\u009b2J\u007f\r\n".repeat(30)
              + "Vary: "
              + "x".repeat(9000)
              + "\r\nAccess-Control-Allow-Credentials: \u001b[2J\r\n\r\n";
        });
    for (String format : List.of("text", "json", "sarif")) {
      out.getBuffer().setLength(0);
      assertThat(audit("--origin", APP, "--format", format)).isEqualTo(1);
      assertThat(out.toString())
          .contains("title")
          .matches("[\\n\\x20-\\x7e\\u2400-\\u241f\\ufffd]*");
    }
    out.getBuffer().setLength(0);
    audit("--origin", APP);
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    assertThat(out.toString().lines()).hasSizeLessThan(200);
  }

  @Test
  void colorsMarkOnlyWhatATerminalShows() {
    audit("--origin", APP);
    assertThat(out.toString()).doesNotContain("\u001b");
    System.setProperty("picocli.ansi", "true");
    try {
      audit("--origin", APP);
    } finally {
      System.setProperty("picocli.ansi", "false");
    }
    assertThat(out.toString()).contains("\u001b[1m\u001b[31mcritical: ");
  }

  @Test
  void whatTheUserGivesIsNotPrinted() throws IOException {
    List<String> received = server.received();
    for (String format : List.of("text", "json", "sarif")) {
      audit(
          "--format", format, "--credentials", "Cookie: sid=0123456", "--header", "X-Key: 6543210");
    }
    assertThat(received).anyMatch(head -> head.contains("Cookie: sid=0123456"));
    assertThat(received).anyMatch(head -> head.contains("X-Key: 6543210"));
    assertThat(out + err.toString())
        .contains("Cookie: [not shown]")
        .doesNotContain("0123456", "6543210");
  }

  @Test
  void otherPeoplesServersNeedAWord() {
    assertThat(run("audit", "https://api.example.invalid/data")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("https://api.example.invalid/data is not on this machine.")
        .contains("--yes");
    assertThat(run("audit", "https://api.example.invalid/data", "--yes", "--timeout", "20"))
        .isEqualTo(3);
    assertThat(err.toString()).contains("No response from https://api.example.invalid/data: ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whoDoesNotAnswerIsUnreachable() throws IOException {
    server.close();
    assertThat(audit()).isEqualTo(3);
    assertThat(err.toString()).contains("nothing listens");
    int[] asked = {0};
    restart(each -> ++asked[0] < 10 ? "HTTP/1.1 200 OK\r\n\r\n" : "\u001b[31mgarbage\r\n\r\n");
    assertThat(audit()).isEqualTo(3);
    assertThat(out.toString()).startsWith("Could not look").contains("stopped: The server left 5");
    asked[0] = 0;
    err.getBuffer().setLength(0);
    assertThat(audit("--format", "json")).isEqualTo(3);
    assertThat(err.toString()).contains("The server left 5 requests").doesNotContain("\u001b");
  }

  @Test
  void wrongArgumentsExitWith2() {
    assertThat(run("audit")).isEqualTo(2);
    assertThat(err.toString()).contains("URL").contains("See corsac audit --help.");
    assertWrong("is not an http or https URL", "ftp://localhost/");
    assertWrong("has a path", server.url(), "--origin", APP + "/");
    assertWrong("'Cookie: sid=1'", server.url(), "--credentials", "sid=1");
    assertWrong("is not a rate", server.url(), "--rate", "0");
    assertWrong("not a time to wait", server.url(), "--timeout", "-1");
    assertWrong("not a rate", server.url(), "--rate", "NaN");
    assertWrong("of one line", server.url(), "--credentials", "Cookie: sid=1\nX: 1");
    assertWrong("of one line", server.url(), "--header", "X Y: secret");
    assertThat(err.toString()).doesNotContain("secret");
    assertWrong("CRITICAL", server.url(), "--fail-on", "awful");
    assertWrong("No page sends", server.url(), "--method", "TRACE");
    assertThat(server.received()).isEmpty();
    assertThat(out.toString()).isEmpty();
  }

  private void assertWrong(String message, String... args) {
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("audit"));
    all.addAll(List.of(args));
    assertThat(run(all.toArray(String[]::new))).as(message).isEqualTo(2);
    assertThat(err.toString()).contains(message);
  }

  private void restart(RawServer.Behaviour behaviour) throws IOException {
    server.close();
    server = RawServer.start(behaviour);
  }

  private JsonNode json(String... args) throws IOException {
    out.getBuffer().setLength(0);
    audit(args);
    return new ObjectMapper().readTree(out.toString());
  }

  private int audit(String... args) {
    List<String> all = new ArrayList<>(List.of("audit", server.url(), "--rate", "1000"));
    all.addAll(List.of(args));
    return run(all.toArray(String[]::new));
  }

  private int run(String... args) {
    return Corsac.run(new PrintWriter(out), new PrintWriter(err), args);
  }
}
