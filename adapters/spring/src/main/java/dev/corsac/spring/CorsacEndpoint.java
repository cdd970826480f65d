package dev.corsac.spring;

import dev.corsac.Cors;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** The policy in force, what is unwise about it, and what it decided so far. */
@Endpoint(id = "corsac")
final class CorsacEndpoint {
  private final Cors cors;
  private final DecisionCounts counts;

  CorsacEndpoint(Cors cors, DecisionCounts counts) {
    this.cors = cors;
    this.counts = counts;
  }

  /**
   * What the endpoint answers.
   *
   * @param policy its lines in the form of corsac.yaml
   * @param findings what is unwise about it
   * @param decisions how many requests were decided for each reason
   * @param wouldRefuse how many of them {@code enforce_report} would refuse, for each reason
   */
  record Report(
      List<String> policy,
      List<Warning> findings,
      Map<String, Long> decisions,
      Map<String, Long> wouldRefuse) {}

  /** A finding whose rule is told by its id. */
  record Warning(String rule, String where, String message, String fix) {}

  @ReadOperation
  public Report report() {
    List<Warning> findings =
        ReloadableCors.findings(cors).stream()
            .map(f -> new Warning(f.rule().id(), f.where(), f.message(), f.fix()))
            .toList();
    return new Report(
        cors.toString().lines().toList(), findings, counts.byReason(), counts.reportedByReason());
  }
}
