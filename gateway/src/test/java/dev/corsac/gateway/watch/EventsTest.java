package dev.corsac.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EventsTest {
  private final RecordingLogger logger = new RecordingLogger();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-31T12:00:00Z"));
  private final Events events = new Events(new EventLog(() -> true, logger), now::get);

  private void denied(String origin, String method, String path) {
    Alike alike =
        new Alike(Event.DENIED, "origin-not-allowed", "refused", origin, "/orders/**", method, "");
    events.add(
        alike,
        new Tally.Example(path, "192.0.2.7"),
        null,
        403,
        "origin-not-allowed; origin=\"" + origin + "\"");
  }

  @Test
  void theFirst_isToldAtOnce_theOthersTogether() {
    denied("https://evil.example", "POST", "/orders/1");
    assertThat(logger.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.text())
                  .isEqualTo(
                      "corsac  denied  192.0.2.7  POST /orders/1  origin-not-allowed;"
                          + " origin=\"https://evil.example\"; refused with 403, no upstream saw it");
              assertThat(line.fields())
                  .containsEntry("event", "denied")
                  .containsEntry("reason", "origin-not-allowed")
                  .containsEntry("kind", "refused")
                  .containsEntry("origin", "https://evil.example")
                  .containsEntry("route", "/orders/**")
                  .containsEntry("method", "POST")
                  .containsEntry("path", "/orders/1")
                  .containsEntry("client", "192.0.2.7")
                  .containsEntry("status", 403)
                  .containsEntry("count", 1L);
            });
    for (int i = 0; i < 500; i++) {
      denied("https://evil.example", "POST", "/orders/" + i);
    }
    denied("https://evil.example", "GET", "/orders/x");
    now.updateAndGet(time -> time.plusMillis(9_990));
    events.turn();
    assertThat(logger.lines()).hasSize(3);
    assertThat(logger.lines().get(2).text())
        .isEqualTo(
            "corsac  denied  500 more in 10 s  POST, such as /orders/1 from 192.0.2.7, route"
                + " /orders/**  origin-not-allowed; origin=\"https://evil.example\"; refused");
    assertThat(logger.lines().get(2).fields()).containsEntry("count", 500L);
    events.turn();
    assertThat(logger.lines()).hasSize(3);
  }

  @Test
  void aHundredThousandOrigins_takeBoundedLinesAndMemory_andHideNoneThatIsFrequent() {
    for (int i = 0; i < 100_000; i++) {
      denied("https://o" + i + ".example", "GET", "/");
      if (i % 50 == 0) {
        denied("https://real.example", "GET", "/");
      }
    }
    Window open = events.recent().get(0);
    assertThat(open.most()).hasSizeLessThanOrEqualTo(15);
    assertThat(open.most().get(0).alike().origin()).isEqualTo("https://real.example");
    assertThat(open.reasons().get(Event.DENIED)).containsEntry("origin-not-allowed", 102_000L);
    events.turn();
    assertThat(logger.lines()).hasSizeLessThanOrEqualTo(Events.LINES + Events.SUMMARIES + 1);
    long told = logger.lines().stream().mapToLong(line -> (Long) line.fields().get("count")).sum();
    assertThat(told).isEqualTo(102_000);
  }

  @Test
  void quietTimes_areLeftOut_andOldOnesForgotten() {
    events.turn();
    assertThat(events.recent()).isEmpty();
    for (int i = 0; i < 1000; i++) {
      denied("https://evil.example", "GET", "/");
      now.updateAndGet(time -> time.plusSeconds(10));
      events.turn();
    }
    assertThat(events.recent()).hasSizeLessThanOrEqualTo(91);
  }
}
