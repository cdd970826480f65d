package dev.corsac.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a file holds, it is read or refused; nothing throws. */
class ConfigFuzzTest {
  private static final List<String> PIECES =
      List.of(
          "cors:",
          "allow_origins:",
          "allow_origin_regex:",
          "max_age:",
          "routes:",
          "- path: /a",
          "profiles:",
          "development:",
          "listen:",
          "upstream:",
          "timeouts:",
          "max_body:",
          "off",
          "\n",
          "\n  ",
          "\n    ",
          " ",
          "[",
          "]",
          "{",
          "}",
          ",",
          ": ",
          "- ",
          "*",
          "&a ",
          "*a",
          "\"",
          "'",
          "|",
          ">",
          "#",
          "!",
          "? ",
          "---",
          "...",
          "%",
          "@",
          "`",
          "\t",
          "\r",
          "\0",
          "\ud800",
          "${",
          "${A}",
          "${B:-",
          "}",
          "\"*\"",
          "https://example.com",
          "'https://(a|b)?\\.c'",
          "-1",
          "1e9",
          "99999999999999999999",
          "true",
          "~",
          "null",
          "\u2028",
          "<<",
          "\\",
          ".*",
          "[^",
          "){");

  private static Path file = Path.of("corsac.yaml");

  @BeforeContainer
  static void createFile() throws IOException {
    file = Files.createTempFile("corsac", ".yaml");
  }

  @AfterContainer
  static void deleteFile() throws IOException {
    Files.delete(file);
  }

  @Provide
  Arbitrary<String> yamlish() {
    return Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
  }

  @Property(tries = 3000)
  void piecesOfYamlAreReadOrRefused(@ForAll("yamlish") String text) throws IOException {
    check(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Property(tries = 1000)
  void bytesAreReadOrRefused(@ForAll byte[] bytes) throws IOException {
    check(bytes);
  }

  @Provide
  Arbitrary<String> regex() {
    List<String> pieces =
        List.of(
            "https://",
            "http",
            "s?",
            "example",
            "\\.",
            ".",
            "com",
            "*",
            "+",
            "?",
            "|",
            "(",
            ")",
            "(?:",
            "(?i)",
            "(?P<n>",
            "[a-z]",
            "[^",
            "]",
            "[",
            "{2}",
            "{0,3}",
            "{",
            "\\d",
            "\\Q",
            "\\E",
            "\\x{41}",
            "\\pL",
            "^",
            "$",
            ":",
            "-",
            "localhost",
            "vercel.app",
            "\\",
            "\u00e9");
    return Arbitraries.of(pieces).list().ofMaxSize(12).map(list -> String.join("", list));
  }

  @Property(tries = 3000)
  void expressionsAreCheckedOrRefused(@ForAll("regex") String text) {
    OriginRegex regex = OriginRegex.compile(text, true, Set.of());
    assertThat(regex.source().isPresent() || !regex.findings().isEmpty()).isTrue();
    regex.source().ifPresent(source -> source.allows("https://example.com"));
  }

  @Example
  void expressionsThatGrow_areJudgedOrRefused() {
    for (String text :
        List.of(
            "(a?){1000}",
            "a?".repeat(480),
            "(.*)".repeat(200),
            ".{1,900}",
            "^*".repeat(300),
            "https://(.*.*.*.*)*x{500}[^a]*\\.com",
            "https://" + "(a|b)?".repeat(160) + "\\.com",
            "https://" + "[a-z]*".repeat(150) + "\\.com",
            "https://" + "(a|aa)*".repeat(120) + "\\.example\\.com",
            "https://" + "(x|y)".repeat(60) + "\\.com",
            "(".repeat(450) + "a" + ")".repeat(450),
            "a.b".repeat(320))) {
      assertThat(OriginRegex.compile(text, true, Set.of()).findings()).as(text).isNotEmpty();
    }
  }

  private static void check(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    ConfigResult result = ConfigLoader.load(file, Map.of("A", "https://a.example, x: [*"));
    boolean error = result.findings().stream().anyMatch(each -> each.severity() == Severity.ERROR);
    assertThat(result.config().isPresent()).isNotEqualTo(error);
    for (FileFinding each : result.findings()) {
      assertThat(each.line()).isPositive();
      assertThat(each.column()).isPositive();
      assertThat(each.endColumn()).isGreaterThanOrEqualTo(each.column());
      assertThat(each.finding().message() + each.finding().fix()).matches("[ -~]*");
    }
    assertThat(ConfigLoader.lint(file, Map.of("A", ""))).isNotNull();
  }
}
