package dev.corsac.doctor.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemCaseTest {
  private static final Facts ALL =
      Stream.of(Fact.values())
          .filter(fact -> fact != Fact.REASON)
          .reduce(
              Facts.of(Fact.ORIGIN, "https://app.example.com"),
              (facts, fact) -> facts.with(fact, facts.get(fact).orElse("x-a")),
              (a, b) -> a);

  @ParameterizedTest
  @EnumSource(Problem.class)
  void sentenceIsWholeWithAndWithoutFacts(Problem problem) {
    for (Facts facts : List.of(ALL, Facts.of())) {
      assertThat(
              List.of(
                  ProblemCase.of(problem, facts).says(),
                  ProblemCase.told(problem, facts).says(),
                  ProblemCase.seen(problem, facts).says()))
          .allSatisfy(
              says ->
                  assertThat(says)
                      .endsWith(".")
                      .doesNotContain("{", "}", "[", "]", "  ", " .", "()"));
    }
  }

  /** What a reason is called in Java and in the file cannot differ unseen. */
  @ParameterizedTest
  @EnumSource(Problem.class)
  void everyReasonHasWords(Problem problem) {
    for (String reason : ProblemTexts.of(problem).reasons().keySet()) {
      assertThat(ProblemCase.seen(problem, ALL.with(Fact.REASON, reason)).says())
          .doesNotContain(reason + ".", "{", "}");
    }
  }

  @ParameterizedTest
  @EnumSource(OriginDifference.class)
  void everyDifferenceHasWords(OriginDifference difference) {
    assertThat(ProblemTexts.of(difference).phrase(ALL, ProblemTexts.standIns()))
        .isNotBlank()
        .doesNotContain("{", "}");
  }

  @Test
  void firstSentenceCountsWhoseFactsAreKnown() {
    Facts put = Facts.of(Fact.METHOD, "PUT");
    assertThat(ProblemCase.seen(Problem.PREFLIGHT_NEEDED, put.with(Fact.HEADER, "x-a")).says())
        .isEqualTo(
            "The browser asks first with a preflight, because of the method PUT and the header"
                + " x-a.");
    assertThat(ProblemCase.seen(Problem.PREFLIGHT_NEEDED, Facts.of()).says())
        .isEqualTo("The browser asks first with a preflight.");
  }

  @Test
  void statusThatSpeaksOfABody_isNoNewsOfAPreflight() {
    Facts facts = Facts.of(Fact.STATUS, "415");
    assertThat(ProblemCase.seen(Problem.HTTP_ERROR, facts).fix()).contains("Content-Type");
    ProblemCase preflight = ProblemCase.seen(Problem.PREFLIGHT_STATUS, facts);
    assertThat(preflight.says() + preflight.fix())
        .contains("415")
        .endsWith("Answer OPTIONS with 200 or 204.")
        .doesNotContain("Content-Type");
  }

  @Test
  void twoLoopbackHostsAreOneComputer() {
    Facts facts = Facts.of(Fact.VALUE, "http://app.localhost").with(Fact.ORIGIN, "http://[::1]");
    assertThat(ProblemCase.of(Problem.ALLOW_ORIGIN_MISMATCH, facts).says())
        .endsWith("app.localhost and [::1] are two origins, though one computer.");
    assertThat(
            ProblemCase.of(
                    Problem.ALLOW_ORIGIN_MISMATCH,
                    facts.with(Fact.ORIGIN, "http://localhost.example"))
                .says())
        .doesNotContain("one computer");
  }

  @Test
  void differenceFollowsFromTheTwoOrigins() {
    Facts facts =
        Facts.of(Fact.URL, "https://a.example/")
            .with(Fact.ORIGIN, "http://localhost:3000")
            .with(Fact.VALUE, "http://localhost:3001");
    assertThat(ProblemCase.of(Problem.ALLOW_ORIGIN_MISMATCH, facts).says())
        .isEqualTo(
            "https://a.example/ allows http://localhost:3001, which is not http://localhost:3000:"
                + " the ports differ: 3001, but the page has 3000.");
  }
}
