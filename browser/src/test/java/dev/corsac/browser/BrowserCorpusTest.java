package dev.corsac.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The model against recordings of real Chromium, Firefox and WebKit.
 *
 * <p>{@code -Dcorsac.corpus=FILE} (plain or .gz) runs another file of the same form instead; the
 * {@code browser} field of its lines picks the profile. Scenarios marked {@code outsideStandard} do
 * not count, except the family {@code transport}. What the model does with the others: CSP, COEP,
 * local network access, opaque response blocking, resource timing and the HTTP cache are ignored;
 * mixed content is blocked; beacons are not modelled; other schemes than http, https and data are
 * network errors; streams are bodies without a type.
 */
class BrowserCorpusTest {
  private static final String CORPUS = "corsac.corpus";

  /** What no rule of the model explains, by browser and id, with the reason; may only shrink. */
  private static final Map<String, String> KNOWN_DIFFERENCES = Map.of();

  @ParameterizedTest
  @ValueSource(strings = {"chromium", "firefox", "webkit"})
  @DisabledIfSystemProperty(named = CORPUS, matches = ".+")
  void modelAgreesWithRecording(String browser) throws IOException {
    run(Corpus.resource(browser + ".jsonl.gz"), Corpus::engine);
  }

  @Test
  @DisabledIfSystemProperty(named = CORPUS, matches = ".+")
  void standardAgreesWithRecordingWhereChromiumDoesNotDepart() throws IOException {
    run(Corpus.resource("chromium.jsonl.gz"), scenario -> Engine.STANDARD);
  }

  @Test
  @EnabledIfSystemProperty(named = CORPUS, matches = ".+")
  void modelAgreesWithGivenFile() throws IOException {
    Path file = Path.of(System.getProperty(CORPUS));
    try (InputStream in = Files.newInputStream(file)) {
      run(Corpus.counting(in, file.toString().endsWith(".gz")), Corpus::engine);
    }
  }

  @SuppressWarnings("SystemOut") // The figures are what the test is run for.
  private static void run(List<JsonNode> scenarios, Function<JsonNode, Engine> profile) {
    Map<String, List<String>> disagreements = new TreeMap<>();
    for (JsonNode scenario : scenarios) {
      List<String> differences = CorpusRun.differences(scenario, profile.apply(scenario));
      if (!differences.isEmpty()) {
        disagreements.put(name(scenario), differences);
      }
    }
    System.out.println(
        scenarios.size() - disagreements.size() + " of " + scenarios.size() + " agree");
    disagreements.forEach(
        (name, differences) -> {
          String known = KNOWN_DIFFERENCES.get(name);
          System.out.println(name + (known == null ? "" : "   (known: " + known + ")"));
          differences.forEach(difference -> System.out.println("    " + difference));
        });
    disagreements.keySet().removeAll(KNOWN_DIFFERENCES.keySet());
    assertThat(disagreements.keySet()).as("scenarios on which the model disagrees").isEmpty();
  }

  private static String name(JsonNode scenario) {
    return scenario.path("browser").asText() + " " + scenario.path("id").asText();
  }
}
