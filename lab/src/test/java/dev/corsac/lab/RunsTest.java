package dev.corsac.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.Cors;
import dev.corsac.browser.Engine;
import dev.corsac.lab.api.GuideApi;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RunsTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final Runs runs = new Runs(now::get);

  @Test
  void whatNobodyUses_ends_andWhatIsUsed_stays() {
    runs.add(run("used"));
    runs.add(run("idle"));
    pass(Runs.IDLE.toMinutes() - 1);
    assertThat(runs.get("used")).isPresent();
    pass(2);
    assertThat(runs.get("idle")).isEmpty();
    assertThat(runs.get("used")).isPresent();
    assertThat(runs.size()).isEqualTo(1);
  }

  @Test
  void theOneThatWasNotUsedForLongest_makesRoom() {
    runs.add(run("first"));
    runs.add(run("second"));
    runs.get("first");
    for (int i = 0; i < Runs.MOST_RUNS - 1; i++) {
      runs.add(run("more" + i));
    }
    assertThat(runs.size()).isEqualTo(Runs.MOST_RUNS);
    assertThat(runs.get("second")).isEmpty();
    assertThat(runs.get("first")).isPresent();
  }

  private void pass(long minutes) {
    now.updateAndGet(time -> time.plusSeconds(60 * minutes));
  }

  private static Run run(String id) {
    Experiment experiment = new Experiment("cors: off", null, List.of());
    Sandbox sandbox = new Sandbox(Cors.off(), null, new GuideApi("/"));
    LabOrigins origins =
        new LabOrigins(
            "http://localhost:3000",
            "http://localhost:4000",
            "http://localhost:8100",
            "http://localhost:8000");
    return new Run(
        id, experiment, sandbox, Forecast.of(Engine.CHROMIUM, id, experiment, sandbox, origins));
  }
}
