package dev.corsac.lab;

import dev.corsac.Cors;
import dev.corsac.browser.Engine;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.ConfigResult;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.FileFinding;
import dev.corsac.config.FileRule;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.Severity;
import dev.corsac.lab.api.GuideApi;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the page asks of the lab: to check an experiment, to start it, and what came of a step. */
final class LabApi {
  private final LabOrigins origins;
  private final Runs runs;

  LabApi(LabOrigins origins, Runs runs) {
    this.origins = origins;
    this.runs = runs;
  }

  /** The findings of the policy, what the model predicts, and the experiment in other forms. */
  JsonObject check(JsonObject json, String userAgent) throws InvalidExperimentException {
    Experiment experiment = ExperimentReader.read(json);
    ConfigResult policy = policy(experiment);
    JsonObject result = new JsonObject().put("findings", findings(policy));
    policy
        .config()
        .ifPresent(
            config -> {
              String run = runs.newId();
              Engine engine = engine(userAgent);
              Forecast forecast =
                  Forecast.of(engine, run, experiment, sandbox(run, config, experiment), origins);
              result
                  .put("engine", name(engine))
                  .put("predictions", predictions(forecast, experiment));
              result.put("copy", CopyAs.of(experiment, origins.sandbox(), origins.unlisted()));
            });
    return result;
  }

  /** Starts a run, unless the policy has an error. */
  JsonObject start(JsonObject json, String userAgent) throws InvalidExperimentException {
    Experiment experiment = ExperimentReader.read(json);
    ConfigResult policy = policy(experiment);
    JsonObject result = new JsonObject().put("findings", findings(policy));
    Optional<CorsacConfig> config = policy.config();
    if (config.isEmpty()) {
      return result;
    }
    String id = runs.newId();
    Engine engine = engine(userAgent);
    Sandbox sandbox = sandbox(id, config.get(), experiment);
    Forecast forecast = Forecast.of(engine, id, experiment, sandbox, origins);
    runs.add(new Run(id, experiment, sandbox, forecast));
    JsonObject bases = new JsonObject();
    for (Asker asker : Asker.values()) {
      bases.put(asker.id(), origins.sandbox() + Run.prefix(id, asker));
    }
    return result
        .put("run", id)
        .put("engine", name(engine))
        .put("bases", bases)
        .put(
            "copy",
            CopyAs.of(
                experiment,
                origins.sandbox() + Run.prefix(id, Asker.UNLISTED),
                origins.unlisted()));
  }

  /** Tells what went over the wire in a step that the pages have ended. */
  JsonObject report(String id, JsonObject json) throws InvalidExperimentException {
    Run run = runs.get(id).orElseThrow(LabApi::gone);
    int step = json.getInteger("step", -1);
    JsonObject reports = json.getJsonObject("reports", new JsonObject());
    List<Recorded> exchanges = run.end(step).orElseThrow(LabApi::gone);
    JsonArray stories = new JsonArray();
    for (Asker asker : Asker.values()) {
      Optional<Report> report = Report.of(reports.getValue(asker.id()));
      Optional<Forecast.Expected> expected = run.forecast().of(step, asker);
      if (report.isPresent() && expected.isPresent()) {
        stories.add(
            new Story(
                    run.forecast().engine(),
                    asker,
                    asker.words(origins),
                    run.experiment().steps().get(step),
                    expected.get(),
                    report.get(),
                    exchanges.stream().filter(each -> each.asker() == asker).toList())
                .toJson());
      }
    }
    return new JsonObject().put("stories", stories);
  }

  private static InvalidExperimentException gone() {
    return new InvalidExperimentException(
        "The lab does not know this run any more. Press Run again.");
  }

  private static Sandbox sandbox(String run, CorsacConfig config, Experiment experiment) {
    Cors cors = config.cors().<Cors>map(policy -> policy).orElse(Cors.off());
    return new Sandbox(cors, experiment.byHand(), new GuideApi(Forecast.cookiePath(run)));
  }

  /** What the policy says; nothing if the headers are written by hand. */
  private static ConfigResult policy(Experiment experiment) {
    return ConfigLoader.loadPolicy(
        "corsac.yaml", experiment.byHand() == null ? experiment.policy() : "cors: off");
  }

  private JsonArray predictions(Forecast forecast, Experiment experiment) {
    JsonArray steps = new JsonArray();
    for (int i = 0; i < experiment.steps().size(); i++) {
      JsonObject pages = new JsonObject();
      for (Asker asker : Asker.values()) {
        forecast
            .of(i, asker)
            .ifPresent(
                expected ->
                    pages.put(
                        asker.id(),
                        new JsonObject()
                            .put("verdict", expected.kind().id())
                            .put(
                                "title",
                                expected
                                    .diagnosis()
                                    .cause()
                                    .map(cause -> cause.problem().title())
                                    .orElse(""))));
      }
      steps.add(pages);
    }
    return steps;
  }

  private static JsonArray findings(ConfigResult policy) {
    JsonArray findings = new JsonArray();
    for (FileFinding each : policy.findings()) {
      if (!isOfTheLab(each)) {
        findings.add(
            new JsonObject()
                .put("line", each.line())
                .put("column", each.column())
                .put("endColumn", each.endColumn())
                .put("severity", each.severity() == Severity.ERROR ? "error" : "warning")
                .put("rule", each.finding().rule().id())
                .put("message", each.finding().message())
                .put("fix", each.finding().fix()));
      }
    }
    return findings;
  }

  /** What is right here, where all runs on one machine and everything may be explained. */
  private static boolean isOfTheLab(FileFinding finding) {
    return finding.finding().rule() == PolicyRule.LOOPBACK_ORIGIN
        || finding.finding().rule() == FileRule.EXPLAIN_PRODUCTION;
  }

  static Engine engine(String userAgent) {
    if (userAgent.contains("Firefox/")) {
      return Engine.FIREFOX;
    }
    if (userAgent.contains("Chrome/") || userAgent.contains("Chromium/")) {
      return Engine.CHROMIUM;
    }
    return userAgent.contains("AppleWebKit/") ? Engine.WEBKIT : Engine.STANDARD;
  }

  private static String name(Engine engine) {
    String name = engine.name();
    return engine == Engine.WEBKIT
        ? "WebKit"
        : name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }
}
