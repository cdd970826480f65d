package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.Shadow;
import java.util.LinkedHashMap;
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
   * @param shadows what candidate policies would make of them, each by its route
   */
  record Report(
      List<String> policy,
      List<Warning> findings,
      Map<String, Long> decisions,
      Map<String, Long> wouldRefuse,
      Map<String, Outcomes> shadows) {}

  /**
   * How many requests a candidate policy was asked about.
   *
   * @param policy its lines in the form of corsac.yaml
   */
  record Outcomes(List<String> policy, long agrees, long wouldAllow, long wouldBlock) {
    private static Outcomes of(Shadow shadow) {
      return new Outcomes(
          shadow.toString().lines().toList(),
          shadow.agreed(),
          shadow.wouldAllow(),
          shadow.wouldBlock());
    }
  }

  /** A finding whose rule is told by its id. */
  record Warning(String rule, String where, String message, String fix) {}

  @ReadOperation
  public Report report() {
    List<Warning> findings =
        ReloadableCors.findings(cors).stream()
            .map(f -> new Warning(f.rule().id(), f.where(), f.message(), f.fix()))
            .toList();
    Map<String, Outcomes> shadows = new LinkedHashMap<>();
    if (cors instanceof ReloadableCors reloadable) {
      reloadable.shadows().forEach((route, shadow) -> shadows.put(route, Outcomes.of(shadow)));
    }
    return new Report(
        cors.toString().lines().toList(),
        findings,
        counts.byReason(),
        counts.reportedByReason(),
        shadows);
  }
}
