package dev.corsac.doctor.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.Engine;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Resources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What real browsers printed means the same in every language, as far as its words are known. */
class TranslationsTest {
  private static final String HEADER = "Access-Control-Allow-";

  /** Reasons that no header's name tells, and what the word for them is called in the data. */
  private static final Map<String, String> TOLD_BY_WORDS =
      Map.of(
          "CORSMultipleAllowOriginNotAllowed", "several",
          "CORSInvalidAllowHeader", "invalid",
          "CORSExternalRedirectNotAllowed", "redirect",
          "CORSPreflightDidNotSucceed", "preflight",
          "CORSDisabled", "disabled");

  /** A recorded line: its name in Firefox, and what it names. */
  private record Line(String text, String key, Facts facts) {}

  @Test
  void recordedLinesMeanTheSameInEveryLanguage() throws IOException {
    Map<?, ?> languages = Resources.map(Translations.class, "languages.yaml");
    assertThat(languages.size()).isGreaterThan(50);
    List<String> wrong = new ArrayList<>();
    for (Line line : lines()) {
      List<Explanation> english = Explainer.explain(line.text());
      languages.forEach(
          (language, words) -> {
            // Without its word for it, a reason cannot be told from the others.
            String sign = TOLD_BY_WORDS.get(line.key());
            if (sign == null || ((Map<?, ?>) words).containsKey(sign)) {
              compare(language + "", english, form((Map<?, ?>) words, line), wrong);
            }
          });
    }
    assertThat(wrong).isEmpty();
  }

  private static void compare(
      String language, List<Explanation> english, String text, List<String> wrong) {
    List<Explanation> found = Explainer.explain(text);
    if (!found.equals(english) && wrong.size() < 20) {
      wrong.add(language + ": " + text + "\n  " + found + "\n  not " + english);
    }
  }

  /** The line as the language's words make it, as far as the data has them. */
  private static String form(Map<?, ?> words, Line line) {
    Facts facts = line.facts();
    String value = facts.value().or(() -> facts.header()).orElse("");
    String reason =
        switch (line.key()) {
          case "CORSMissingAllowOrigin" -> "CORS «" + HEADER + "Origin»";
          case "CORSMultipleAllowOriginNotAllowed" ->
              "CORS «" + HEADER + "Origin» " + word(words, "several");
          case "CORSAllowOriginNotMatchingOrigin" ->
              "CORS «" + HEADER + "Origin» – «" + value + "»";
          case "CORSNotSupportingCredentials" -> "CORS «" + HEADER + "Origin»: «*»";
          case "CORSMissingAllowCredentials" -> "CORS «" + HEADER + "Credentials»: «true»";
          case "CORSMethodNotFound" -> "CORS «" + HEADER + "Methods»";
          case "CORSInvalidAllowMethod" -> "CORS «" + HEADER + "Methods»: «" + value + "»";
          case "CORSInvalidAllowHeader" ->
              word(words, "invalid") + " «" + value + "»: CORS «" + HEADER + "Headers»";
          case "CORSMissingAllowHeaderFromPreflight" ->
              "«" + value + "»: CORS «" + HEADER + "Headers»";
          case "CORSAllowHeaderFromPreflightDeprecation" ->
              "«" + HEADER + "Headers» «*» – «Authorization»";
          case "CORSRequestNotHttp" -> "CORS – http";
          case "CORSExternalRedirectNotAllowed" -> "CORS " + word(words, "redirect");
          case "CORSPreflightDidNotSucceed" -> "CORS preflight " + word(words, "preflight");
          case "CORSDisabled" -> "CORS " + word(words, "disabled");
          case "CORSOriginHeaderNotAdded" -> "CORS «Origin»";
          default -> "CORS";
        };
    return word(words, "opens")
        + " "
        + facts.url().orElse("")
        + ". ("
        + reason
        + ")."
        + facts.status().map(status -> " –: " + status + ".").orElse("");
  }

  private static String word(Map<?, ?> words, String kind) {
    return words.get(kind) instanceof List<?> list ? list.get(0).toString() : "";
  }

  private static List<Line> lines() throws IOException {
    Set<String> kinds = new LinkedHashSet<>();
    List<Line> lines = new ArrayList<>();
    for (RecordedConsole.Step step : RecordedConsole.of(Engine.FIREFOX)) {
      for (String text : step.lines()) {
        Facts facts = Facts.of();
        String key = "";
        for (Messages.Hit hit : Messages.in(PastedText.of(text))) {
          facts = facts.orElse(hit.facts());
          key = hit.message().key().isEmpty() ? key : hit.message().key();
        }
        String value = facts.value().orElse("");
        boolean quotable = value.chars().noneMatch(c -> c == '"' || c == '\'' || c == '«');
        // One line of each kind is enough, as far as it differs in more than its URL.
        if (!key.isEmpty()
            && quotable
            && kinds.add(key + facts.without(Fact.URL) + text.contains("file:"))) {
          lines.add(new Line(text, key, facts));
        }
      }
    }
    assertThat(lines).hasSizeGreaterThan(30);
    return lines;
  }
}
