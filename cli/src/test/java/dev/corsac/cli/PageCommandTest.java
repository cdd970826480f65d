package dev.corsac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.cli.Manual.Topic;
import dev.corsac.config.ConfigLoader;
import dev.corsac.doctor.audit.Check;
import dev.corsac.doctor.problem.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a finding names, {@code corsac rule}, {@code problem} or {@code check} prints. */
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class PageCommandTest {
  private static final Pattern NAMED = Pattern.compile("`corsac (rule|problem|check) ([a-z-]+)`");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  static Stream<Arguments> pages() {
    return Arrays.stream(Manual.values())
        .flatMap(manual -> manual.topics().stream().map(topic -> Arguments.of(manual, topic)));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyPageIsPrintedWhole(Manual manual, Topic topic) {
    assertThat(run(manual.kind(), topic.id())).isZero();
    String text = out.toString();
    assertThat(words(text)).contains(words(topic.summary()), topic.id());
    // Code is not broken; neither is a link, which is longer than a line at times.
    assertThat(text.lines().filter(line -> !line.startsWith("    ")))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(text).doesNotContain("](", "```", "(../").endsWith("\n");
    assertThat(err.toString()).isEmpty();
    for (MatchResult named : NAMED.matcher(words(text)).results().toList()) {
      Manual other = Manual.valueOf(named.group(1).toUpperCase(Locale.ROOT));
      assertThat(other.find(named.group(2))).as(named.group()).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutAnIdAllAreListed(Manual manual) {
    assertThat(run(manual.kind())).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(manual.topics())
        .allSatisfy(topic -> assertThat(words(out.toString())).contains(words(topic.id())))
        .hasSize(
            switch (manual) {
              case RULE -> ConfigLoader.rules().size();
              case PROBLEM -> Problem.values().length;
              case CHECK -> Check.values().length;
            });
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(lines.get(lines.size() - 1)).startsWith("corsac " + manual.kind() + " ID prints");
  }

  @Test
  void aPageIsReadableInATerminal() {
    assertThat(run("rule", "insecure-origin")).isZero();
    assertThat(out.toString())
        .startsWith(
            """
            insecure-origin
            ===============

            Warning: An http: page can be altered by anyone on the network.

            """)
        .contains(
            """

            Wrong:

                cors:
            """);
  }

  @Test
  void anotherPageIsNamedByItsCommand() {
    assertThat(run("rule", "regex-insecure")).isZero();
    assertThat(words(out.toString())).contains("`corsac rule insecure-origin-credentials`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rule    | orgin-path           | There is no rule 'orgin-path'. Did you mean origin-path?",
        "rule    | allow-origin-missing | Did you mean corsac problem allow-origin-missing?",
        "problem | reflected-origin     | Did you mean corsac check reflected-origin?",
        "problem | login                | Did you mean one of redirect-to-login, preflight-red",
        "check   | x                    | There is no check 'x'. corsac check lists all.",
        "rule    | ''                   | There is no rule ''. corsac rule lists all.",
        "rule    | ../problems/tls      | There is no rule '../problems/tls'.",
        "rule    | README               | There is no rule 'readme'.",
      })
  void aWrongIdIsExitCode2(String command, String id, String message) {
    assertThat(run(command, id)).isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aLongIdIsNotRepeatedWhole() {
    assertThat(run("rule", "\u001b[31m" + "a".repeat(100_000))).isEqualTo(2);
    assertThat(err.toString()).hasSizeLessThan(200).doesNotContain("\u001b");
  }

  @Test
  void anIdMayBeWrittenAsAConstant() {
    assertThat(run("rule", "ORIGIN_PATH")).isZero();
    assertThat(out.toString()).startsWith("origin-path\n");
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private int run(String... args) {
    return Corsac.run(new PrintWriter(out), new PrintWriter(err), args);
  }
}
