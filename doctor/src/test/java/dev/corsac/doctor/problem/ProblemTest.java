package dev.corsac.doctor.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  @CsvSource(
      delimiter = '|',
      value = {
        "http://a.example/x | https://a.example/x      | PREFLIGHT_REDIRECT_HTTPS",
        "http://a.example/x | https://b.example/login  | PREFLIGHT_REDIRECT_LOGIN",
        "http://a.example/x | /x/                      | PREFLIGHT_REDIRECT_SLASH",
        "https://a.example/x/?q | https://a.example/x?q | PREFLIGHT_REDIRECT_SLASH",
        "https://a.example/x | /oauth2/authorize       | PREFLIGHT_REDIRECT_LOGIN",
        "https://a.example/x | https://a.example/y     | PREFLIGHT_REDIRECT",
        "https://a.example/x | ''                      | PREFLIGHT_REDIRECT"
      })
  void redirectOfAPreflight(String url, String location, Problem problem) {
    assertThat(Problem.ofPreflightRedirect(url, location)).isEqualTo(problem);
  }

  @Test
  void severalOriginsAreTwoLayersOrAList() {
    String app = "https://app.example.com";
    assertThat(
            List.of(
                List.of(app, "https://b.example"),
                List.of(app + ", " + app),
                List.of("*, " + app),
                List.of(app + " *")))
        .allSatisfy(
            lines ->
                assertThat(Problem.ofSeveralOrigins(lines)).isEqualTo(Problem.ALLOW_ORIGIN_TWICE));
    assertThat(Problem.ofSeveralOrigins(List.of(app + ",https://*.b.example")))
        .isEqualTo(Problem.ALLOW_ORIGIN_LIST);
  }

  @ParameterizedTest
  @EnumSource(Problem.class)
  void textsAreSentences(Problem problem) {
    assertThat(problem.title()).isNotBlank().doesNotEndWith(".");
    assertThat(problem.why()).endsWith(".").doesNotContain("\n");
    assertThat(problem.fix()).endsWith(".").doesNotContain("\n");
  }
}
