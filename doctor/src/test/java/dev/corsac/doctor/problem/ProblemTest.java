package dev.corsac.doctor.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
  @Test
  void everyProblemHasATextAndEveryTextAProblem() {
    List<String> ids = Arrays.stream(Problem.values()).map(Problem::id).toList();
    assertThat(
            ProblemTexts.entries().keySet().stream()
                .map(String::valueOf)
                .filter(key -> !key.equals(ProblemTexts.SHARED)))
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @ParameterizedTest
  @EnumSource(Problem.class)
  void textsAreSentences(Problem problem) {
    assertThat(problem.title()).isNotBlank().doesNotEndWith(".");
    assertThat(problem.why()).endsWith(".").doesNotContain("\n");
    assertThat(problem.fix()).endsWith(".").doesNotContain("\n");
  }
}
