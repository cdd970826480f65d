package dev.corsac.browser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corsac.browser.url.Url;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Gives a recorded scenario to the model and compares the outcome with the recorded verdict. */
final class CorpusRun {
  private final JsonNode scenario;
  private final Engine engine;
  private final ManualClock clock = new ManualClock();
  private final ScriptedServer server = new ScriptedServer();
  private final List<String> differences = new ArrayList<>();

  private final Further further;

  private CorpusRun(JsonNode scenario, Engine engine, Further further) {
    this.scenario = scenario;
    this.engine = engine;
    this.further = further;
  }

  /** What else to compare of a step, and to add to the differences. */
  interface Further {
    void compare(JsonNode scenario, JsonNode step, StepComparison comparison, List<String> found);
  }

  /** What the model, as that engine, does otherwise than recorded; empty if they agree. */
  static List<String> differences(JsonNode scenario, Engine engine, Further further) {
    return new CorpusRun(scenario, engine, further).run();
  }

  /**
   * Whether the requests were recorded with their host, target and cookies: then the browser had no
   * cookies at the start.
   */
  static boolean isRecordedInFull(JsonNode verdict) {
    return verdict.path("requests").path(0).has("host");
  }

  private List<String> run() {
    server.put(scenario.path("server"));
    if (Corpus.family(scenario).startsWith("url")) {
      server.answerAll();
    }
    Browser browser = Browser.builder(engine, server).clock(clock).build();
    Page page = Corpus.page(scenario.path("page"));
    JsonNode steps = scenario.path("steps");
    for (int i = 0; i < steps.size(); i++) {
      JsonNode step = steps.get(i);
      server.put(step.path("server"));
      clock.advance(Duration.ofMillis(step.path("waitMs").asLong(0)));
      clock.advance(Duration.ofSeconds(step.path("advanceSeconds").asLong(0)));
      Page asking = step.has("page") ? Corpus.page(step.get("page")) : page;
      JsonNode verdict = scenario.path("verdict").path("steps").get(i);
      if (!isRecordedInFull(scenario.path("verdict").path("steps").path(0))) {
        giveCookies(browser, step);
      }
      Outcome outcome = browser.load(asking, Corpus.request(step.path("request")));
      String prefix = "step " + (i + 1) + ": ";
      if (engine == Engine.STANDARD && scenario.has("standard")) {
        JsonNode standard = scenario.path("standard").path("steps").path(i);
        StepComparison.compareStandard(outcome, standard, prefix, differences);
        continue;
      }
      StepComparison comparison = new StepComparison(engine, asking, step, verdict, outcome);
      comparison.compare(steps.size() == 1, prefix, differences);
      if (engine != Engine.STANDARD) {
        List<String> found = new ArrayList<>();
        further.compare(scenario, step, comparison, found);
        found.forEach(difference -> differences.add(prefix + difference));
      }
    }
    return differences;
  }

  /** The lab's jar: every host has a Lax cookie, and a Secure one for cross-site use. */
  private void giveCookies(Browser browser, JsonNode step) {
    List<String> urls = new ArrayList<>();
    urls.add(step.path("request").path("url").asText());
    scenario.path("server").forEach(resource -> urls.add(resource.path("url").asText()));
    for (String text : urls) {
      Url url = Url.parse(text);
      if (url != null && url.isHttp()) {
        String host = "https://" + Objects.requireNonNull(url.host()) + "/";
        browser.cookies().set(host, "lax=1; Path=/");
        browser.cookies().set(host, "none=1; Path=/; SameSite=None; Secure");
      }
    }
  }

  /** A clock that the test moves. */
  static final class ManualClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void advance(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
