package dev.corsac.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SaysTest {
  @Test
  void everySentenceIsOfAProblem() {
    List<String> ids = Arrays.stream(Problem.values()).map(Problem::id).toList();
    assertThat(Says.sentences().keySet().stream().map(String::valueOf)).isSubsetOf(ids);
  }

  @ParameterizedTest
  @EnumSource(Problem.class)
  void sentenceIsWholeWithAndWithoutValues(Problem problem) {
    Map<String, String> all =
        Map.of(
            "url", "https://api.example.com/",
            "first", "https://example.com/",
            "origin", "https://app.example.com",
            "value", "x",
            "method", "PUT",
            "header", "x-a",
            "status", "404",
            "space", "local",
            "code", "A",
            "difference", "it differs");
    for (Map<String, String> values : List.of(all, Map.<String, String>of())) {
      assertThat(Says.of(problem, values))
          .endsWith(".")
          .doesNotContain("<", ">", "[", "]", "  ", " .", " ,", "()");
    }
  }
}
