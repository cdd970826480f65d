package dev.corsac.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The model against recordings of real Chromium, Firefox and WebKit.
 *
 * <p>{@code -Dcorsac.corpus=FILE} (plain or .gz) runs another file of the same form instead; the
 * {@code browser} field of its lines picks the profile. Scenarios marked {@code outsideStandard} do
 * not count, except the family {@code transport}. What the model does with the others: CSP, COEP,
 * local network access, opaque response blocking, resource timing and the HTTP cache are ignored;
 * mixed content is blocked; beacons are not modelled; other schemes than http, https and data are
 * network errors; streams are bodies without a type. A scenario that the model has no words for is
 * a disagreement like any other.
 */
class BrowserCorpusTest {
  private static final String CORPUS = "corsac.corpus";

  /** On which scenarios the model disagrees, and why. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "chromium wire/408/answer",
          "Chromium repeats a request that a reused connection answers with 408: the model knows no"
              + " connections, and RFC 9110, 15.5.9 leaves it to the client.",
          "chromium wire/encoding-br-bad/preflight",
          "A body in Brotli is not decoded: there is no decoder in the Java platform.",
          "chromium wire/encoding-br-bad/head",
          "As wire/encoding-br-bad/preflight.");

  @TestFactory
  Stream<DynamicTest> modelAgreesWithRecording() {
    String file = System.getProperty(CORPUS);
    if (file != null) {
      return Stream.of(
          DynamicTest.dynamicTest(file, () -> run(given(Path.of(file)), Corpus::engine)));
    }
    return Stream.concat(
        Stream.of("chromium", "chromium-2", "firefox", "webkit")
            .map(recording -> recorded(recording, recording, Corpus::engine)),
        Stream.of(recorded("the standard", "chromium", scenario -> Engine.STANDARD)));
  }

  private static DynamicTest recorded(
      String name, String recording, Function<JsonNode, Engine> profile) {
    return DynamicTest.dynamicTest(
        name, () -> run(Corpus.resource(recording + ".jsonl.gz"), profile));
  }

  /** A relative path is the caller's, who is in the folder above this module's. */
  private static List<JsonNode> given(Path file) throws IOException {
    Path found = Files.exists(file) ? file : Path.of("..").resolve(file);
    try (InputStream in = Files.newInputStream(found)) {
      return Corpus.counting(in, file.toString().endsWith(".gz"));
    }
  }

  @SuppressWarnings("SystemOut") // The figures are what the test is run for.
  private static void run(List<JsonNode> scenarios, Function<JsonNode, Engine> profile) {
    Map<String, List<String>> disagreements = disagreements(scenarios, profile);
    System.out.println(
        scenarios.size() - disagreements.size() + " of " + scenarios.size() + " agree");
    disagreements.forEach(
        (name, differences) -> {
          System.out.println(name);
          differences.forEach(difference -> System.out.println("    " + difference));
        });
    assertThat(disagreements.keySet())
        .as("scenarios on which the model disagrees")
        .allMatch(name -> reason(name) != null);
    assertThat(scenarios)
        .filteredOn(scenario -> reason(name(scenario)) != null)
        .as("known disagreements that are none any more")
        .allMatch(scenario -> disagreements.containsKey(name(scenario)));
  }

  /** Why the model disagrees with a recording, or null if there is no reason to. */
  private static @Nullable String reason(String name) {
    return KNOWN.entrySet().stream()
        .filter(known -> name.startsWith(known.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static Map<String, List<String>> disagreements(
      List<JsonNode> scenarios, Function<JsonNode, Engine> profile) {
    Map<String, List<String>> disagreements = new TreeMap<>();
    for (JsonNode scenario : scenarios) {
      List<String> differences = differences(scenario, profile);
      if (!differences.isEmpty()) {
        disagreements.put(name(scenario), differences);
      }
    }
    return disagreements;
  }

  private static List<String> differences(JsonNode scenario, Function<JsonNode, Engine> profile) {
    try {
      return CorpusRun.differences(scenario, profile.apply(scenario), FurtherComparison::compare);
    } catch (RuntimeException cannotBeExpressed) {
      return List.of("the model cannot express it: " + cannotBeExpressed);
    }
  }

  /** One value that the model does not know, at a time; the scenarios around it still count. */
  @Test
  void aScenarioThatCannotBeExpressedIsADisagreement() throws IOException {
    List<JsonNode> recorded = Corpus.resource("chromium.jsonl.gz");
    Map<String, Consumer<ObjectNode>> changes = new TreeMap<>();
    for (String member : List.of("api", "redirect", "credentials", "cache", "mode", "url")) {
      changes.put("bogus " + member, scenario -> request(scenario).put(member, "bogus"));
    }
    changes.put("bogus browser", scenario -> scenario.put("browser", "lynx"));
    changes.put("bogus context", scenario -> scenario.withObject("/page").put("context", "bogus"));
    changes.put("bogus body", s -> request(s).putObject("body").put("type", "bogus"));
    changes.put("no verdict", scenario -> scenario.remove("verdict"));
    List<JsonNode> scenarios = new ArrayList<>(recorded.subList(0, 20));
    changes.forEach(
        (id, change) -> {
          ObjectNode scenario = recorded.get(0).deepCopy();
          change.accept(scenario.put("id", id));
          scenarios.add(scenario);
        });
    scenarios.addAll(recorded.subList(20, 40));
    assertThat(disagreements(scenarios, Corpus::engine).keySet())
        .map(name -> name.replaceFirst(".* (?=bogus|no verdict)", ""))
        .containsExactlyInAnyOrderElementsOf(changes.keySet());
  }

  private static ObjectNode request(ObjectNode scenario) {
    return (ObjectNode) scenario.at("/steps/0/request");
  }

  private static String name(JsonNode scenario) {
    return scenario.path("browser").asText()
        + " "
        + scenario.path("clause").asText()
        + " "
        + scenario.path("id").asText();
  }
}
