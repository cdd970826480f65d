package dev.corsac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corsac.config.ConfigLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class LintCommandTest {
  /** The mistakes that a newcomer makes, all in one file. */
  private static final String MISTAKES =
      """
      cors:
        allow_origins:
          - "*"
          - https://example.com/
          - example.com
          - https://EXAMPLE.com
          - https://example.com:443
          - https://*.com
          - https://ex*mple.com
        allow_credentials: true
        allow_methods: [GET, TRACE]
        allow_headers: [Authorization, Sec-Foo]
        max_age: 90000
        alow_origins: [https://example.com]
      """;

  @TempDir private Path directory = Path.of("replaced by JUnit");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void oneRunReportsEveryMistake() throws IOException {
    Path file = file(MISTAKES);
    assertThat(lint(file.toString())).isEqualTo(1);
    assertThat(out.toString().replace(directory + "/", ""))
        .startsWith(
            """
            corsac.yaml:3:7: error: "*" with allow_credentials would let every site act as the user; browsers refuse it.
               3 |     - "*"
                 |       ^^^
                 fix:  List the origins that need credentials, or set allow_credentials: false.
                 rule: any-origin-credentials  corsac rule any-origin-credentials

            corsac.yaml:4:7: error: "https://example.com/" has a path, but an origin ends after the host or port.
               4 |     - https://example.com/
                 |       ^^^^^^^^^^^^^^^^^^^^
                 fix:  Write "https://example.com".
                 rule: origin-path  corsac rule origin-path

            """)
        .endsWith("\n11 errors, 0 warnings in 1 file.\n");

    List<String> found = new ArrayList<>();
    for (JsonNode each : json("--format", "json", file.toString())) {
      found.add(
          each.get("line").asInt()
              + ":"
              + each.get("column").asInt()
              + " "
              + each.get("rule").asText());
      assertThat(each.get("fix").asText()).isNotEmpty();
      assertThat(each.get("severity").asText()).isEqualTo("error");
      assertThat(each.fieldNames())
          .toIterable()
          .containsExactly("file", "line", "column", "rule", "severity", "message", "fix");
    }
    assertThat(found)
        .containsExactly(
            "3:7 any-origin-credentials",
            "4:7 origin-path",
            "5:7 origin-syntax",
            "6:7 origin-upper-case",
            "7:7 origin-default-port",
            "8:7 public-suffix-credentials",
            "9:7 origin-wildcard",
            "11:24 method-forbidden",
            "12:34 header-forbidden",
            "13:12 max-age-range",
            "14:3 unknown-key");
  }

  @Test
  void sarifHasAllRulesAndTheRegionOfEachFinding() throws IOException {
    Path file = file(MISTAKES);
    JsonNode log = json("--format=sarif", file.toString());
    assertThat(log.get("version").asText()).isEqualTo("2.1.0");
    JsonNode run = log.get("runs").get(0);
    JsonNode rules = run.at("/tool/driver/rules");
    assertThat(rules).hasSameSizeAs(ConfigLoader.rules());
    assertThat(run.get("results")).hasSize(11);
    for (JsonNode result : run.get("results")) {
      JsonNode rule = rules.get(result.get("ruleIndex").asInt());
      assertThat(rule.get("id")).isEqualTo(result.get("ruleId"));
      assertThat(rule.at("/help/text").asText()).contains("Wrong:\n\n    ", "Right:\n\n    ");
      assertThat(rule.at("/help/markdown").asText()).contains("Wrong:\n\n```yaml\n");
      assertThat(result.at("/message/text").asText()).contains("Fix: ");
    }
    assertThat(log.toString()).doesNotContain("docs/rules", "helpUri");
    JsonNode region = run.at("/results/1/locations/0/physicalLocation/region");
    assertThat(region.toString()).isEqualTo("{\"startLine\":4,\"startColumn\":7,\"endColumn\":27}");
    assertThat(run.at("/results/1/locations/0/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo(file.toUri().toString());
  }

  @Test
  void warningsFailOnlyOnDemand() throws IOException {
    String file = file("cors: { allow_origins: [\"*\"] }").toString();
    assertThat(lint(file)).isZero();
    assertThat(lint(file, "--fail-on", "warning")).isEqualTo(1);
    assertThat(out.toString()).contains("0 errors, 1 warning in 1 file.");
  }

  @Test
  void aCleanFileIsSaidToBeClean() throws IOException {
    String file = file("cors: { allow_origins: [https://example.com] }").toString();
    assertThat(lint(file, "--fail-on", "warning")).isZero();
    assertThat(out).hasToString("Nothing to say about 1 file.\n");
    assertThat(json("--format", "json", file)).isEmpty();
  }

  @Test
  void wrongArgumentsExitWith2() throws IOException {
    assertThat(lint()).isEqualTo(2);
    assertThat(err.toString()).contains("FILE").contains("See corsac lint --help.");
    assertThat(lint("none.yaml")).isEqualTo(2);
    assertThat(err.toString()).contains("none.yaml is not there.");
    assertThat(lint(directory.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is a directory");
    assertThat(lint("")).isEqualTo(2);
    assertThat(err.toString()).contains("The name of the file is empty.");
    assertThat(lint("--format", "xml", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("text, json, sarif");
    assertThat(run("lnit")).isEqualTo(2);
    assertThat(err.toString()).contains("corsac lint");
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Which command?");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aDeviceIsNotRead() {
    assertThat(lint("/dev/zero")).isEqualTo(2);
    assertThat(err.toString()).startsWith("/dev/zero cannot be read: it is a device or a pipe.");
  }

  @Test
  void ofAHugeFileLittleIsRead() throws IOException {
    Path file = directory.resolve("huge.yaml");
    try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
      huge.setLength(8L << 30);
    }
    assertThat(lint(file.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("The file is larger than");
  }

  @Test
  void aMissingFileIsNotLostBehindTheOthers() throws IOException {
    String file = file(MISTAKES).toString();
    assertThat(lint(file, "none.yaml")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void controlCharactersNeverReachTheTerminal() throws IOException {
    String file =
        file("cors: { \"a\\e[31m\": 1 }\n# \u001b[2J \u202e \u0007\n\u009b: 1\n").toString();
    lint(file);
    assertThat(out.toString()).doesNotContain("\u001b", "\u009b", "\u202e", "\u0007");
    assertThat(lint("\u001b[2Jnone.yaml")).isEqualTo(2);
    assertThat(err.toString()).doesNotContain("\u001b");
  }

  @Test
  void colorsMarkOnlyWhatATerminalShows() throws IOException {
    String file = file(MISTAKES).toString();
    lint(file);
    assertThat(out.toString()).doesNotContain("\u001b");
    System.setProperty("picocli.ansi", "true");
    try {
      lint(file);
    } finally {
      System.setProperty("picocli.ansi", "false");
    }
    assertThat(out.toString()).contains("\u001b[1m\u001b[31merror:");
  }

  @Test
  void aLongLineIsCutAroundThePlace() throws IOException {
    String file =
        file("cors: { allow_origins: [" + "\"https://a.example\", ".repeat(30) + "b.example] }")
            .toString();
    lint(file);
    List<String> lines = out.toString().lines().toList();
    int caret = lines.get(lines.size() - 5).indexOf('^');
    assertThat(lines.get(lines.size() - 6)).hasSizeLessThan(130);
    assertThat(lines.get(lines.size() - 6).substring(caret)).startsWith("b.example]");
  }

  private JsonNode json(String... args) throws IOException {
    out.getBuffer().setLength(0);
    lint(args);
    return new ObjectMapper().readTree(out.toString());
  }

  private int lint(String... args) {
    List<String> all = new ArrayList<>(List.of("lint"));
    all.addAll(List.of(args));
    return run(all.toArray(String[]::new));
  }

  private int run(String... args) {
    return Corsac.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("corsac.yaml"), text);
  }
}
