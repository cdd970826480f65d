package dev.corsac.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.corsac.Origin;
import dev.corsac.config.regex.OriginLanguage;
import dev.corsac.config.regex.RegexAutomaton;
import dev.corsac.config.regex.UnescapedDots;
import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.Rule;
import dev.corsac.finding.Severity;
import dk.brics.automaton.Automaton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Compares what is computed about an expression with what RE2 says of single texts. */
class RegexProperties {
  private static final java.util.regex.Pattern WITNESS =
      java.util.regex.Pattern.compile(" matches \"([^\"]+)\"|so \"([^\"]+)\" passes too");

  /** Letters that the generated expressions never write out: they are a stranger's. */
  private static final String STRANGE = ".*[qz].*";

  private static final Set<Rule> LETS_STRANGERS_IN =
      Set.of(
          FileRule.REGEX_ANY,
          PolicyRule.ANY_ORIGIN,
          FileRule.REGEX_DOT,
          PolicyRule.PUBLIC_SUFFIX,
          PolicyRule.PUBLIC_SUFFIX_CREDENTIALS);

  @Property(tries = 20_000)
  void theAutomatonMatchesWhatRe2Matches(
      @ForAll("smallRegexes") String regex, @ForAll("smallTexts") List<String> texts) {
    Pattern pattern = compiled(regex);
    Optional<Automaton> judged = RegexAutomaton.of(regex);
    Assume.that(judged.isPresent());
    Automaton automaton = OriginLanguage.withoutClasses(judged.orElseThrow());
    for (String text : texts) {
      assertThat(automaton.run(text)).as("%s on %s", regex, text).isEqualTo(pattern.matches(text));
    }
    String shortest = automaton.getShortestExample(true);
    assertThat(shortest == null || pattern.matches(shortest)).as("%s", regex).isTrue();
  }

  @Property(tries = 20_000)
  void theLanguageOfOriginsIsThatOfTheParser(
      @ForAll("origins") String origin, @ForAll("edits") String edit) {
    for (String text :
        List.of(
            origin,
            origin + edit,
            edit + origin,
            origin.replaceFirst("[a-z.]", edit.replace("\\", "")))) {
      assertThat(OriginLanguage.ALL.run(text))
          .as(text)
          .isEqualTo(Origin.tryParse(text).isPresent());
    }
  }

  @Property(tries = 2_000)
  void aStrangersOriginThatMatches_isFound(
      @ForAll("regexes") String regex,
      @ForAll("strangers") List<String> strangers,
      @ForAll boolean credentials) {
    Pattern pattern = compiled(regex);
    OriginRegex checked = OriginRegex.compile(regex, credentials, Set.of());
    Assume.that(checked.source().isPresent());
    List<Rule> rules = checked.findings().stream().map(Finding::rule).toList();
    for (String origin : strangers) {
      if (pattern.matches(origin)) {
        assertThat(rules)
            .as("%s lets %s in", regex, origin)
            .containsAnyElementsOf(LETS_STRANGERS_IN);
        assertThat(rules).as("%s matches %s", regex, origin).doesNotContain(FileRule.REGEX_NEVER);
        boolean error =
            checked.findings().stream().anyMatch(each -> each.severity() == Severity.ERROR);
        assertThat(error || !credentials).as("%s lets %s in", regex, origin).isTrue();
      }
    }
  }

  @Property(tries = 2_000)
  void whatAFindingNames_matches(@ForAll("regexes") String regex, @ForAll boolean credentials) {
    Pattern pattern = compiled(regex);
    for (Finding finding : OriginRegex.compile(regex, credentials, Set.of()).findings()) {
      Matcher witness = WITNESS.matcher(finding.message());
      if (witness.find()) {
        String origin = Optional.ofNullable(witness.group(1)).orElse(witness.group(2));
        assertThat(Origin.tryParse(origin)).as("%s: %s", regex, finding).isPresent();
        boolean mended =
            finding.rule() == FileRule.REGEX_DOT
                || pattern.matches(origin)
                || compiled(UnescapedDots.escaped(regex)).matches(origin);
        assertThat(mended).as("%s: %s", regex, finding).isTrue();
        if (finding.rule() == FileRule.REGEX_DOT) {
          assertThat(pattern.matches(origin)).as("%s: %s", regex, finding).isTrue();
        }
      }
    }
  }

  @Property(tries = 1_000)
  void anHttpOriginThatMatches_isFound(
      @ForAll("regexes") String regex, @ForAll("strangers") List<String> origins) {
    Pattern pattern = compiled(regex);
    List<Finding> findings = OriginRegex.compile(regex, true, Set.of()).findings();
    for (String origin : origins) {
      if (origin.startsWith("http:") && pattern.matches(origin)) {
        assertThat(findings.stream().map(Finding::rule).toList())
            .as("%s lets %s in", regex, origin)
            .containsAnyOf(
                PolicyRule.INSECURE_ORIGIN_CREDENTIALS, FileRule.REGEX_DOT, FileRule.REGEX_ANY);
      }
    }
  }

  private static Pattern compiled(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      Assume.that(false);
      throw e;
    }
  }

  @Provide
  Arbitrary<String> smallRegexes() {
    return Arbitraries.of(
            "a",
            "b",
            "A",
            "k",
            "1",
            ".",
            "\\.",
            "-",
            "_",
            ":",
            "/",
            "|",
            "|",
            "(",
            ")",
            "(",
            ")",
            "(?:",
            "(?i)",
            "(?i:",
            "(?-i)",
            "(?s-m:",
            "(?P<n>",
            "[ab]",
            "[^a]",
            "[a-c1]",
            "[]a]",
            "[^]a]",
            "[[:alpha:]]",
            "[\\d-]",
            "[\\]b]",
            "\\d",
            "\\w",
            "\\W",
            "\\S",
            "\\pL",
            "\\p{Lu}",
            "\\PL",
            "\\x61",
            "\\x{41}",
            "\\141",
            "\\Qa.b\\E",
            "\\Qa",
            "^",
            "$",
            "\\A",
            "\\z",
            "(?m)",
            "*",
            "+",
            "?",
            "*?",
            "{2}",
            "{0,2}",
            "{1,}",
            "{,2}",
            "{02}",
            "{",
            "}",
            "\\-",
            "\u212a")
        .list()
        .ofMinSize(1)
        .ofMaxSize(9)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<List<String>> smallTexts() {
    return Arbitraries.strings().withChars("aabbAk1.-_:/{}]2,K").ofMaxLength(5).list().ofSize(12);
  }

  @Provide
  Arbitrary<String> regexes() {
    return Arbitraries.of(
            "https://",
            "https://",
            "https?://",
            "http://",
            "[a-z]+://",
            "example",
            "shop",
            "www",
            "\\.com",
            "\\.com",
            ".com",
            "\\.example\\.com",
            "\\.co\\.uk",
            "\\.github\\.io",
            "\\.uk",
            "co",
            "\\.",
            ".",
            ".*",
            ".+",
            "[a-z]+",
            "[^.]+",
            "[a-z0-9-]*",
            "\\w+",
            "[ab]",
            "(",
            ")",
            "(?:",
            "|",
            "|",
            "?",
            "*",
            "(?i)",
            "^",
            "$",
            ":[0-9]+",
            "(:\\d+)?",
            "-",
            "[a-z]",
            "{2}")
        .list()
        .ofMinSize(2)
        .ofMaxSize(9)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<List<String>> strangers() {
    Arbitrary<String> name =
        Arbitraries.of(
            "q",
            "z",
            "examplez",
            "qexample",
            "exampleqcom",
            "shop-q",
            "example-z",
            "wwwqexample",
            "zz",
            "examqle",
            "exampze");
    Arbitrary<String> suffix =
        Arbitraries.of("com", "com", "uk", "co.uk", "github.io", "example", "com.");
    Arbitrary<String> below = Arbitraries.of("", "", "", "a.", "www.", "example.com.", "shop.");
    Arbitrary<String> scheme = Arbitraries.of("https://", "https://", "http://");
    return Combinators.combine(scheme, below, name, suffix, Arbitraries.of("", "", ":8080"))
        .as((a, b, c, d, e) -> a + b + c + "." + d + e)
        .filter(each -> each.matches(STRANGE))
        .list()
        .ofSize(60);
  }

  @Provide
  Arbitrary<String> origins() {
    return Combinators.combine(
            Arbitraries.of(
                "https", "http", "app", "x-1+a", "ws", "wss", "ftp", "file", "httpx", "HTTPS", "1a",
                ""),
            Arbitraries.of(
                "",
                ".",
                "a",
                "a.b",
                "a_b.c-d",
                "A.b",
                "1.2.3.4",
                "1.2.3",
                "01.2.3.4",
                "255.255.255.255",
                "256.1.1.1",
                "0x7f.1",
                "a.0x1",
                "a.0xg",
                "a.1",
                "1",
                "[::1]",
                "[::]",
                "[1::]",
                "[2001:db8::1]",
                "[2001:db8:0:0:1::]",
                "[1:2:3:4:5:6:7:8]",
                "[1:0:3:4:5:6:7:8]",
                "[1::3:4:5:6:7:8]",
                "[::ffff:102:304]",
                "[0:0::1]",
                "[1:0:0:2:0:0:0:3]",
                "[1:0:0:2::3]",
                "[1::2:0:0:0:3]",
                "[ABCD::]",
                "[1]",
                "a..b",
                "null",
                "*.a"),
            Arbitraries.of(
                "", "", ".", ":", ":1", ":80", ":443", ":0", ":08", ":65535", ":65536", ":99999",
                ":123456", ":a", "/"))
        .as((scheme, host, rest) -> scheme + "://" + host + rest);
  }

  @Provide
  Arbitrary<String> edits() {
    return Arbitraries.of(
        "", "", ".", "-", "_", ":", "/", "@", "a", "A", "0", "1", "[", "]", "x", "%", "..", ".a",
        ".1", "~");
  }
}
