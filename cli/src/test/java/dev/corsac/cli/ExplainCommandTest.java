package dev.corsac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class ExplainCommandTest {
  private static final String LINE =
      "Access to fetch at 'https://api.example.com/data' from origin 'http://localhost:3000' has"
          + " been blocked by CORS policy: The 'Access-Control-Allow-Origin' header has a value"
          + " 'http://localhost:3001' that is not equal to the supplied origin.";

  @TempDir private Path directory = Path.of("replaced by JUnit");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void verdictComesFirstInEightyColumns() {
    assertThat(explain(LINE)).isZero();
    assertThat(out)
        .hasToString(
            """
            CORS: Access-Control-Allow-Origin names another origin

                  https://api.example.com/data allows http://localhost:3001, which is not
                  http://localhost:3000: the ports differ: 3001, but the page has 3000.

            why   The header must be the page's origin, byte for byte: scheme, host and
                  port. http and https differ, so do www and no www, and localhost:3000 and
                  localhost:3001. A slash at the end is enough to differ.
            fix   Put the page's origin on the server's list, and answer with it.
            from  Chromium (Chrome, Edge)
            more  corsac problem allow-origin-mismatch
            """);
  }

  @Test
  void jsonHasTheSameFieldsAlways() throws IOException {
    assertThat(explain("--format", "json", LINE)).isZero();
    JsonNode found = json().get(0);
    assertThat(found.fieldNames())
        .toIterable()
        .containsExactly(
            "browser",
            "problem",
            "candidates",
            "cors",
            "url",
            "origin",
            "value",
            "method",
            "header",
            "status",
            "title",
            "says",
            "why",
            "fix",
            "entries");
    assertThat(found.get("browser").asText()).isEqualTo("chromium");
    assertThat(found.get("problem").asText()).isEqualTo("allow-origin-mismatch");
    assertThat(found.get("cors").asBoolean()).isTrue();
    assertThat(found.get("value").asText()).isEqualTo("http://localhost:3001");
    assertThat(found.get("method").isNull()).isTrue();
    assertThat(found.get("entries")).isEmpty();
  }

  @Test
  void wordsOfALineThatTheShellSplitAreJoined() {
    assertThat(
            explain("Method", "PUT", "is", "not", "allowed", "by", "Access-Control-Allow-Methods."))
        .isZero();
    assertThat(out.toString()).startsWith("CORS: Access-Control-Allow-Methods does not list");
  }

  @Test
  void linesArePiped() {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(LINE.getBytes(StandardCharsets.UTF_8)));
      assertThat(explain("-")).isZero();
      System.setIn(
          new ByteArrayInputStream("TypeError: Failed to fetch".getBytes(StandardCharsets.UTF_8)));
      assertThat(explain()).isEqualTo(1);
    } finally {
      System.setIn(before);
    }
    assertThat(out.toString()).startsWith("CORS: ").contains("Not clear yet: ");
  }

  @Test
  void whatIsNoCorsAndWhatIsNotKnownFails() throws IOException {
    assertThat(explain("GET http://localhost:8000/ net::ERR_CONNECTION_REFUSED")).isEqualTo(1);
    assertThat(out.toString()).startsWith("Not CORS: Nothing listens at that host and port\n");
    out.getBuffer().setLength(0);
    assertThat(explain("ReferenceError: x is not defined")).isEqualTo(1);
    assertThat(out.toString()).startsWith("Not known: ").doesNotContain("near ");
    out.getBuffer().setLength(0);
    assertThat(
            explain(
                "Access-Control-Allow-Methods in the preflight response: PUT is not an allowed method"))
        .isEqualTo(1);
    assertThat(out.toString()).contains("\nnear  ");
    out.getBuffer().setLength(0);
    assertThat(explain("--format=json", "ReferenceError: x is not defined")).isEqualTo(1);
    assertThat(json()).isEmpty();
  }

  @Test
  void nothingForeignReachesTheTerminalRaw() {
    assertThat(explain(LINE.replace("3001", "3001\u001b[2J\u202e"))).isZero();
    assertThat(out.toString())
        .contains("http://localhost:3001␛[2J\ufffd")
        .doesNotContain("\u001b")
        .doesNotContain("\u202e");
  }

  @Test
  void harIsExplained() throws IOException {
    Path file = directory.resolve("page.har");
    Files.writeString(
        file,
        """
        {"log": {"creator": {"name": "WebInspector"}, "entries": [
          {"_resourceType": "fetch",
           "request": {"method": "GET", "url": "https://api.example.com/data",
             "headers": [{"name": "origin", "value": "https://app.example.com"}]},
           "response": {"status": 502, "headers": []}}]}}
        """);
    assertThat(explain("--har", file.toString())).isZero();
    assertThat(out.toString())
        .startsWith("CORS: The server answered with an error")
        .contains("status 502")
        .contains(", entry 0\n", "more  corsac problem error-without-headers\n");
    Files.writeString(file, "{\"log\": {\"entries\": []}}");
    out.getBuffer().setLength(0);
    assertThat(explain("--har", file.toString())).isEqualTo(1);
    assertThat(out.toString()).startsWith("Nothing was blocked in ");
  }

  @Test
  void harOfSafariWithoutFailuresSaysThatItLeavesThemOut() throws IOException {
    Path file = directory.resolve("safari.har");
    Files.writeString(
        file, "{\"log\": {\"creator\": {\"name\": \"WebKit Web Inspector\"}, \"entries\": []}}");
    assertThat(explain("--har", file.toString())).isEqualTo(1);
    assertThat(out.toString())
        .startsWith("Nothing is known of what was blocked in")
        .contains("Safari leaves requests that failed out of the HAR");
  }

  @Test
  void wrongArgumentsSayWhatToDo() throws IOException {
    Path file = directory.resolve("page.har");
    assertThat(explain("--har", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("page.har is not there.");
    Files.writeString(file, "<html>");
    assertThat(explain("--har", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("This is not a HAR: line 1, column ");
    assertThat(explain("--har", file.toString(), "x")).isEqualTo(2);
    assertThat(err.toString()).contains("either a message or --har");
    assertThat(explain("--stack", "cobol", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("There is no stack 'cobol'. Write one of corsac, spring");
    assertThat(out.toString()).isEmpty();
  }

  private int explain(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "explain";
    System.arraycopy(args, 0, all, 1, args.length);
    return Corsac.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }
}
