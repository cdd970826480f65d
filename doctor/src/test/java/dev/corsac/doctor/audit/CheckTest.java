package dev.corsac.doctor.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.ProblemCase;
import dev.corsac.doctor.problem.Resources;
import dev.corsac.doctor.problem.Stack;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckTest {
  @Test
  void everyCheckHasATextAndEveryTextACheck() {
    List<String> ids = Arrays.stream(Check.values()).map(Check::id).toList();
    assertThat(
            Resources.map(CheckTexts.class, CheckTexts.RESOURCE).keySet().stream()
                .map(String::valueOf))
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @ParameterizedTest
  @EnumSource(Check.class)
  void textsAreSentences(Check check) {
    assertThat(check.title()).isNotBlank().doesNotEndWith(".");
    assertThat(check.why()).endsWith(".").doesNotContain("\n", "|");
    assertThat(check.fix()).endsWith(".").doesNotContain("\n", "|");
    assertThat(check.severity().isAtLeast(check.milderSeverity())).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Check.class)
  void whatIsImpliedIsNoWorseThanWhatImpliesIt(Check check) {
    for (Check cause : check.impliedBy()) {
      assertThat(cause.severity().isAtLeast(check.severity())).as(cause.id()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Check.class)
  void aProblemThatIsNamedHasARemedy(Check check) {
    check
        .problem()
        .map(problem -> ProblemCase.of(problem, Facts.of()))
        .ifPresent(each -> assertThat(each.remedy(Stack.CORSAC)).as(each.toString()).isPresent());
  }
}
