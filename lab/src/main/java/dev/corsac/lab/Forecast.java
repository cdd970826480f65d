package dev.corsac.lab;

import dev.corsac.browser.Browser;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.Transport;
import dev.corsac.doctor.Diagnosis;
import dev.corsac.doctor.Doctor;
import dev.corsac.doctor.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the model of a browser says will come of an experiment, before it is made: for each step and
 * page the outcome, and the doctor's diagnosis.
 *
 * <p>The model asks the same policy as the browser will, but an API of its own, so that nothing
 * that it does can be seen there. Immutable.
 */
final class Forecast {
  private final Engine engine;
  private final List<Map<Asker, Expected>> steps;

  private Forecast(Engine engine, List<Map<Asker, Expected>> steps) {
    this.engine = engine;
    this.steps = steps;
  }

  /**
   * What will come of one page's request.
   *
   * @param outcome null for a WebSocket, which only the doctor opens
   */
  record Expected(@Nullable Outcome outcome, Diagnosis diagnosis) {
    Report.Kind kind() {
      if (outcome == null) {
        return diagnosis.verdict() == Verdict.READABLE ? Report.Kind.READABLE : Report.Kind.BLOCKED;
      }
      return Comparison.kind(outcome);
    }

    List<Exchange> exchanges() {
      return outcome == null ? diagnosis.exchanges() : outcome.transcript();
    }
  }

  static Forecast of(
      Engine engine, String run, Experiment experiment, Sandbox sandbox, LabOrigins origins) {
    Sandbox server = sandbox.afresh(cookiePath(run));
    Map<Asker, Transport> ways = new EnumMap<>(Asker.class);
    for (Asker asker : Asker.values()) {
      ways.put(
          asker,
          asBrowserSends(
              server.transport(Run.prefix(run, asker)),
              asker.isOfTheSite() ? "same-site" : "cross-site"));
    }
    Transport way =
        request -> {
          for (Asker asker : Asker.values()) {
            if (request.path().startsWith(Run.prefix(run, asker) + "/")) {
              return Objects.requireNonNull(ways.get(asker)).send(request);
            }
          }
          throw new IllegalStateException("no page asks for " + request);
        };
    Browser browser = Browser.builder(engine, way).build();
    List<String> cookies = new ArrayList<>();
    List<Map<Asker, Expected>> steps = new ArrayList<>();
    for (Step step : experiment.steps()) {
      Map<Asker, Expected> expected = new EnumMap<>(Asker.class);
      List<String> set = new ArrayList<>();
      for (Asker asker : step.askers()) {
        Page page = asker.page(origins);
        String base = origins.sandbox() + Run.prefix(run, asker);
        Doctor doctor = Doctor.create().engine(engine).transport(way);
        for (String cookie : cookies) {
          // The doctor opens a WebSocket with all that it has; a browser leaves SameSite ones out.
          doctor = step.isWebSocket() && !asker.isOfTheSite() ? doctor : doctor.cookie(cookie);
        }
        PageRequest request = step.toPageRequest(base);
        Outcome outcome = step.isWebSocket() ? null : browser.load(page, request);
        Expected one = new Expected(outcome, doctor.examine(page, request));
        expected.put(asker, one);
        for (Exchange exchange : one.exchanges()) {
          if (exchange.response() != null) {
            set.addAll(exchange.response().headers().values("Set-Cookie"));
          }
        }
      }
      cookies.addAll(set);
      steps.add(expected);
    }
    return new Forecast(engine, List.copyOf(steps));
  }

  /** The path of the cookies of a run: no other run gets them. */
  static String cookiePath(String run) {
    return "/" + run + "/";
  }

  private static Transport asBrowserSends(Transport way, String site) {
    return request ->
        request.headers().contains("Sec-Fetch-Site")
            ? way.send(request)
            : way.send(request.withHeaders(request.headers().with("Sec-Fetch-Site", site)));
  }

  Engine engine() {
    return engine;
  }

  /** What will come of a page's request; empty if that page makes none in this step. */
  Optional<Expected> of(int step, Asker asker) {
    return Optional.ofNullable(steps.get(step).get(asker));
  }
}
