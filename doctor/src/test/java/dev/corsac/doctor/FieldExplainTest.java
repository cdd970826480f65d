package dev.corsac.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corsac.doctor.explain.Explainer;
import dev.corsac.doctor.explain.Explanation;
import dev.corsac.doctor.har.Har;
import dev.corsac.doctor.har.HarFinding;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people pasted and recorded means what {@code conformance/field} says. */
class FieldExplainTest {
  private static final Path FIELD = Path.of("..", "conformance", "field");
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Arguments> cases() throws IOException {
    List<Arguments> cases = new ArrayList<>();
    for (String kind : List.of("explain", "har")) {
      try (Stream<Path> files = Files.list(FIELD.resolve(kind))) {
        for (Path file : files.sorted().toList()) {
          for (JsonNode each : JSON.readTree(file.toFile()).path("cases")) {
            cases.add(Arguments.of(file.getFileName() + ": " + each.path("name").asText(), each));
          }
        }
      }
    }
    return cases;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void meansWhatTheCaseSays(String name, JsonNode each, @TempDir Path folder) throws IOException {
    JsonNode expected = each.path("expect");
    List<Explanation> found = explained(each, folder);
    if (expected.path("none").asBoolean()) {
      assertThat(found).as(name).isEmpty();
      return;
    }
    assertThat(found).as(name).isNotEmpty();
    Explanation first = found.get(0);
    if (expected.has("problem")) {
      assertThat(first.problem().id()).isEqualTo(expected.path("problem").asText());
    }
    if (expected.has("cors")) {
      assertThat(first.isCors()).isEqualTo(expected.path("cors").asBoolean());
    }
    if (expected.has("most")) {
      assertThat(found).hasSizeLessThanOrEqualTo(expected.path("most").asInt());
    }
    List<String> candidates = first.candidates().stream().map(Problem::id).toList();
    assertThat(candidates).containsAll(texts(expected, "candidates"));
    texts(expected, "candidatesWithout").forEach(id -> assertThat(candidates).doesNotContain(id));
    texts(expected, "says").forEach(part -> assertThat(first.says()).contains(part));
    texts(expected, "without").forEach(part -> assertThat(first.says()).doesNotContain(part));
    texts(expected, "fix").forEach(part -> assertThat(first.problemCase().fix()).contains(part));
    for (Fact fact : List.of(Fact.URL, Fact.ORIGIN, Fact.VALUE, Fact.HEADER, Fact.STATUS)) {
      if (expected.has(fact.id())) {
        assertThat(first.facts().get(fact)).contains(expected.path(fact.id()).asText());
      }
    }
  }

  private static List<Explanation> explained(JsonNode each, Path folder) throws IOException {
    if (each.has("text")) {
      return Explainer.explain(each.path("text").asText());
    }
    Path file = folder.resolve("case.har");
    JSON.writeValue(file.toFile(), each.path("har"));
    return Har.read(file).explain().stream().map(HarFinding::explanation).toList();
  }

  private static List<String> texts(JsonNode expected, String name) {
    List<String> texts = new ArrayList<>();
    expected.path(name).forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
