package dev.corsac.doctor.audit;

import dev.corsac.Origin;
import dev.corsac.doctor.problem.Hosts;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds what is wrong with a response, whoever asked. */
final class ResponseChecks {
  private static final String ALLOW_PRIVATE_NETWORK = "Access-Control-Allow-Private-Network";

  private ResponseChecks() {}

  static void run(List<ProbeResult> answers, boolean publicServer, AuditFindings findings) {
    for (ProbeResult answer : answers) {
      allowOrigin(answer, publicServer, findings);
      credentials(answer, findings);
      if ("true".equals(answer.header(ALLOW_PRIVATE_NETWORK))) {
        findings.add(Check.PRIVATE_NETWORK, true, answer, ALLOW_PRIVATE_NETWORK + ": true");
      }
    }
  }

  private static void allowOrigin(
      ProbeResult answer, boolean publicServer, AuditFindings findings) {
    String value = answer.allowOrigin();
    String asked = answer.request().header("Origin");
    if (value == null || value.equals("*") || value.equals("null") || value.equals(asked)) {
      return;
    }
    if (answer.headers(ProbeResult.ALLOW_ORIGIN).size() > 1 || value.matches(".*[, ].*")) {
      findings.add(Check.ALLOW_ORIGIN_TWICE, true, answer, "The values: " + value);
      return;
    }
    Origin other = Origin.tryParse(value).orElse(null);
    if (other == null) {
      findings.add(Check.ALLOW_ORIGIN_INVALID, true, answer, "The value: " + value);
    } else if (publicServer && Hosts.isInternal(other.host())) {
      findings.add(Check.INTERNAL_ORIGIN, true, answer, "Named: " + value);
    }
  }

  private static void credentials(ProbeResult answer, AuditFindings findings) {
    String value = answer.header(ProbeResult.ALLOW_CREDENTIALS);
    if (value == null) {
      return;
    }
    if (!value.equals("true")) {
      findings.add(
          Check.CREDENTIALS_NOT_TRUE, !value.equals("false"), answer, "The value: " + value);
    } else if (answer.allowOrigin() == null) {
      findings.add(
          Check.CREDENTIALS_WITHOUT_ORIGIN,
          true,
          answer,
          "Seen for " + Objects.requireNonNullElse(answer.request().header("Origin"), "no Origin"));
    } else if (answer.allowsAny()) {
      findings.add(Check.ANY_ORIGIN_CREDENTIALS, true, answer, "Both are there");
    } else {
      List<String> stars =
          Stream.of("Methods", "Headers")
              .map("Access-Control-Allow-"::concat)
              .filter(name -> answer.lists(name, "*"))
              .toList();
      if (!stars.isEmpty() || answer.lists("Access-Control-Expose-Headers", "*")) {
        String name = stars.isEmpty() ? "Access-Control-Expose-Headers" : stars.get(0);
        findings.add(Check.STAR_CREDENTIALS, true, answer, name + " has a *");
      }
    }
  }
}
