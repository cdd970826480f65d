package dev.corsac.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corsac.finding.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule has cases, which hold, and a page, whose examples are true. */
class RulesTest {
  private static final Path CASES = Path.of("../conformance/rules");
  private static final Path PAGES = Path.of("../docs/rules");
  private static final Pattern EXAMPLE =
      Pattern.compile("(Wrong|Right):\n\n```yaml\n(.*?)\n```\n", Pattern.DOTALL);

  @TempDir private Path directory = Path.of("replaced by JUnit");

  record Cases(
      @JsonProperty("$schema") String schema,
      String rule,
      List<Case> positive,
      List<Case> negative) {}

  record Case(
      String description,
      List<String> file,
      @Nullable Map<String, String> environment,
      @Nullable List<Expected> findings) {}

  record Expected(int line, int column, String message) {}

  static List<Rule> rules() {
    return ConfigLoader.rules();
  }

  @Test
  void everyFileBelongsToARule() throws IOException {
    List<String> ids = rules().stream().map(Rule::id).toList();
    assertThat(names(CASES, ".json")).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(names(PAGES, ".md"))
        .filteredOn(name -> !name.equals("README"))
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @TestFactory
  Stream<DynamicTest> cases() {
    return rules().stream().flatMap(this::casesOf);
  }

  private Stream<DynamicTest> casesOf(Rule rule) {
    Cases cases = read(rule);
    assertThat(cases.schema).isEqualTo("../rules.schema.json");
    assertThat(cases.rule).isEqualTo(rule.id());
    assertThat(cases.positive).isNotEmpty();
    assertThat(cases.negative).isNotEmpty();
    return Stream.concat(
        cases.positive.stream().map(each -> test(rule, each, "breaks it: ")),
        cases.negative.stream().map(each -> test(rule, each, "does not: ")));
  }

  private DynamicTest test(Rule rule, Case each, String verdict) {
    return DynamicTest.dynamicTest(
        rule.id() + ", " + verdict + each.description, () -> check(rule, each));
  }

  private void check(Rule rule, Case each) throws IOException {
    Map<String, String> environment = each.environment == null ? Map.of() : each.environment;
    List<FileFinding> all = lint(String.join("\n", each.file), environment);
    List<FileFinding> found = all.stream().filter(one -> one.finding().rule() == rule).toList();
    List<Expected> expected = each.findings == null ? List.of() : each.findings;
    assertThat(found.stream().map(RulesTest::place).toList())
        .as("findings %s", all)
        .isEqualTo(expected.stream().map(one -> one.line + ":" + one.column).toList());
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).finding().message()).contains(expected.get(i).message);
      assertThat(found.get(i).finding().fix()).endsWith(".");
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aPageSaysWhatTheRuleIs(Rule rule) throws IOException {
    String severity = rule.severity().name().toLowerCase(Locale.ROOT);
    String start =
        String.format(
            "# %s%n%n%s%s: %s.%n%n",
            rule.id(),
            severity.substring(0, 1).toUpperCase(Locale.ROOT),
            severity.substring(1),
            prose(rule.summary()));
    assertThat(page(rule.id())).startsWith(start);
    assertThat(page("README"))
        .contains(
            String.format(
                "| [%s](%s.md) | %s | %s |%n",
                rule.id(), rule.id(), severity, prose(rule.summary())));
  }

  /** In Markdown a * may begin emphasis, and a backslash hides itself. */
  private static String prose(String text) {
    return text.replace("\\", "\\\\").replace("*", "\\*");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void thePagesExamplesAreTrue(Rule rule) throws IOException {
    Map<String, String> examples = new HashMap<>();
    Matcher matcher = EXAMPLE.matcher(page(rule.id()));
    while (matcher.find()) {
      examples.put(matcher.group(1), matcher.group(2));
    }
    assertThat(examples).containsOnlyKeys("Wrong", "Right");
    Map<String, String> environment = new HashMap<>();
    Matcher variable =
        Pattern.compile("# with (\\w+)=(.*)\n").matcher(String.valueOf(examples.get("Wrong")));
    while (variable.find()) {
      environment.put(variable.group(1), variable.group(2));
    }
    assertThat(lint(String.valueOf(examples.get("Wrong")), environment))
        .anyMatch(each -> each.finding().rule() == rule);
    assertThat(lint(String.valueOf(examples.get("Right")), Map.of())).isEmpty();
  }

  private List<FileFinding> lint(String text, Map<String, String> environment) throws IOException {
    Path file = directory.resolve("corsac.yaml");
    Files.writeString(file, text);
    return ConfigLoader.lint(file, environment);
  }

  private static String place(FileFinding finding) {
    return finding.line() + ":" + finding.column();
  }

  private static Cases read(Rule rule) {
    try {
      return new ObjectMapper().readValue(CASES.resolve(rule.id() + ".json").toFile(), Cases.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String page(String name) throws IOException {
    return Files.readString(PAGES.resolve(name + ".md"));
  }

  private static List<String> names(Path directory, String end) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .map(name -> name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name)
          .collect(Collectors.toList());
    }
  }
}
