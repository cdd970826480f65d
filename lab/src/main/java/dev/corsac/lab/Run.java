package dev.corsac.lab;

import dev.corsac.lab.api.ApiRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An experiment while it is made: its sandbox, and what has arrived there since the step before.
 *
 * <p>Thread-safe.
 */
final class Run {
  /** Enough for any experiment; who sends more gets 429. */
  static final int MOST_EXCHANGES = 100;

  /** Characters that are kept of the requests and responses of a step; beyond it is 429 as well. */
  static final int MOST_KEPT = 250_000;

  private final String id;
  private final Experiment experiment;
  private final Sandbox sandbox;
  private final Forecast forecast;
  private final List<Recorded> exchanges = new ArrayList<>();
  private int served;
  private int kept;
  private int nextStep;

  Run(String id, Experiment experiment, Sandbox sandbox, Forecast forecast) {
    this.id = id;
    this.experiment = experiment;
    this.sandbox = sandbox;
    this.forecast = forecast;
  }

  String id() {
    return id;
  }

  Experiment experiment() {
    return experiment;
  }

  Forecast forecast() {
    return forecast;
  }

  /** What stands before the API's paths in the URLs that a page asks. */
  static String prefix(String id, Asker asker) {
    return "/" + id + "/" + asker.id();
  }

  /**
   * Serves and records a request.
   *
   * @return empty if this run has had its share
   */
  synchronized Optional<Sandbox.Served> serve(Asker asker, String target, ApiRequest request) {
    if (served == MOST_EXCHANGES || kept > MOST_KEPT) {
      return Optional.empty();
    }
    served++;
    Sandbox.Served answer = sandbox.serve(request);
    Recorded recorded =
        new Recorded(asker, target, request, answer.response(), answer.ran(), answer.reason());
    exchanges.add(recorded);
    kept += recorded.length();
    return Optional.of(answer);
  }

  /**
   * Ends a step.
   *
   * @return what has arrived in it, in order; empty if it is not this step's turn
   */
  synchronized Optional<List<Recorded>> end(int step) {
    if (step != nextStep || step >= experiment.steps().size()) {
      return Optional.empty();
    }
    nextStep++;
    List<Recorded> arrived = List.copyOf(exchanges);
    exchanges.clear();
    kept = 0;
    return Optional.of(arrived);
  }
}
