package dev.corsac.doctor.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corsac.browser.Engine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** What the consoles of real browsers printed, step by step. */
final class RecordedConsole {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordedConsole() {}

  /**
   * A step of a recorded scenario.
   *
   * @param id names the step in the recordings of all browsers
   * @param corsError Chromium's name for what failed, empty if that was not CORS
   * @param resolved whether the page got its response
   * @param requests what the server saw, all headers of the protocol included
   * @param lines what the console printed
   */
  record Step(
      String id, String corsError, boolean resolved, List<String> requests, List<String> lines) {}

  static List<Step> of(Engine browser) throws IOException {
    String name = "/" + browser.name().toLowerCase(Locale.ROOT) + ".jsonl.gz";
    List<Step> steps = new ArrayList<>();
    try (InputStream file = Objects.requireNonNull(Step.class.getResourceAsStream(name), name);
        BufferedReader scenarios =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
      String line;
      while ((line = scenarios.readLine()) != null) {
        JsonNode scenario = JSON.readTree(line);
        int number = 0;
        for (JsonNode step : scenario.path("verdict").path("steps")) {
          List<String> lines = new ArrayList<>();
          step.path("console").forEach(each -> lines.add(each.path("text").asText()));
          List<String> requests = new ArrayList<>();
          step.path("requests").forEach(each -> requests.add(request(each)));
          steps.add(
              new Step(
                  scenario.path("id").asText() + "/" + number++,
                  step.path("corsError").asText("").replace("null", ""),
                  step.path("outcome").asText().equals("resolve"),
                  requests,
                  lines));
        }
      }
    }
    return steps;
  }

  private static String request(JsonNode request) {
    return List.of("method", "url", "origin", "acrm", "acrh").stream()
        .map(name -> request.path(name).asText())
        .collect(Collectors.joining(" "));
  }
}
