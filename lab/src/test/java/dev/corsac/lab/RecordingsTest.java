package dev.corsac.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corsac.chromium.Chromium;
import dev.corsac.chromium.Tab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Recordings of Chromium, made again on the bench: prediction, page and recording agree. */
class RecordingsTest {
  private static final Path RECORDINGS = Path.of("../browser/src/test/resources/chromium.jsonl.gz");

  private static final int EXPERIMENTS = 200;

  /** Makes the experiments one after the other, as a visitor would with their links. */
  private static final String RUN_ALL =
      """
      (async fragments => {
        const root = document.documentElement.dataset;
        const until = async (condition) => {
          for (let i = 0; i < 2000; i++) {
            if (condition()) return;
            await new Promise(resolve => setTimeout(resolve, 5));
          }
          throw new Error(`never: ${condition} ${location.hash}`);
        };
        const results = [];
        for (const fragment of fragments) {
          const before = root.checked;
          location.hash = fragment;
          await until(() => root.checked !== before);
          if (document.getElementById('run').disabled) {
            results.push({verdict: document.getElementById('invalid').innerText});
            continue;
          }
          document.getElementById('run').click();
          await until(() => root.ran);
          const lane = document.getElementById('lane-listed');
          results.push({
            verdict: lane.dataset.state,
            agrees: lane.dataset.agrees,
            differences: [...lane.querySelectorAll('.difference')].map(each => each.innerText).join(' '),
            sent: [...lane.querySelectorAll('.preflight .label b, .request .label b')]
              .map(each => each.textContent).join(' '),
            seen: [...lane.querySelectorAll('.seen .name')].map(each => each.textContent).join(' '),
          });
        }
        return JSON.stringify(results);
      })(%s)
      """;

  @Test
  void twoHundred_agree() throws IOException {
    try (LabServers lab = new LabServers();
        Chromium chromium = Chromium.start();
        Tab tab = chromium.newTab()) {
      List<RecordedExperiment> all = expressible(lab.origins());
      List<RecordedExperiment> chosen = new ArrayList<>();
      for (int i = 0; i < EXPERIMENTS; i++) {
        chosen.add(all.get((int) ((long) i * all.size() / EXPERIMENTS)));
      }
      LabPage page = new LabPage(tab).open(lab.origins().listed() + "/#/decoder");
      for (int from = 0; from < EXPERIMENTS; from += 20) {
        List<RecordedExperiment> some = chosen.subList(from, from + 20);
        JsonArray fragments =
            new JsonArray(some.stream().map(each -> LabPage.fragment(each.experiment())).toList());
        JsonArray results =
            new JsonArray(page.tab().evaluate(RUN_ALL.formatted(fragments.encode())).asText());
        for (int i = 0; i < some.size(); i++) {
          compare(some.get(i), results.getJsonObject(i));
        }
      }
      assertThat(chosen.stream().map(RecordedExperiment::verdict).distinct())
          .contains("readable", "opaque", "blocked");
    }
  }

  private static void compare(RecordedExperiment recorded, JsonObject result) {
    String verdict = result.getString("verdict");
    assertThat(verdict.equals("thrown") ? "blocked" : verdict)
        .as(recorded.name())
        .isEqualTo(recorded.verdict());
    assertThat(result.getString("differences")).as(recorded.name()).isEmpty();
    assertThat(result.getString("agrees")).as(recorded.name()).isEqualTo("true");
    assertThat(result.getString("sent")).as(recorded.name()).isEqualTo(recorded.sent());
    if (recorded.verdict().equals("readable")) {
      assertThat(List.of(result.getString("seen").split(" ")))
          .as(recorded.name())
          .containsAll(recorded.seen());
    }
  }

  private static List<RecordedExperiment> expressible(LabOrigins origins) throws IOException {
    List<RecordedExperiment> found = new ArrayList<>();
    com.fasterxml.jackson.databind.ObjectMapper json =
        new com.fasterxml.jackson.databind.ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(RECORDINGS)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          JsonNode scenario = json.readTree(line);
          RecordedExperiment.of(scenario, origins).ifPresent(found::add);
        }
      }
    }
    assertThat(found).hasSizeGreaterThan(EXPERIMENTS);
    return found;
  }
}
