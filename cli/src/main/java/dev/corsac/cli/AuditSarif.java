package dev.corsac.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corsac.browser.Headers;
import dev.corsac.doctor.audit.AuditFinding;
import dev.corsac.doctor.audit.AuditReport;
import dev.corsac.doctor.audit.Check;
import dev.corsac.doctor.audit.Check.Severity;

/** Findings of an audit as a {@link SarifLog}: at the URL, with the request and the response. */
final class AuditSarif {
  private AuditSarif() {}

  static String of(AuditReport report) {
    SarifLog log = new SarifLog("corsac audit");
    for (Check check : Check.values()) {
      ObjectNode rule =
          log.addRule(check.id(), check.title(), Manual.CHECK, level(check.severity()));
      // GitHub sorts alerts by this number.
      rule.putObject("properties").put("security-severity", score(check.severity()));
    }
    for (AuditFinding each : report.findings()) {
      Check check = each.check();
      ObjectNode result =
          log.addResult(
              check.id(),
              level(each.severity()),
              check.title() + ". " + each.seen() + ". Fix: " + check.fix(),
              report.url());
      ObjectNode request = result.putObject("webRequest");
      request.put("protocol", "HTTP").put("version", "1.1");
      request.put("method", each.request().method()).put("target", each.request().target());
      add(request.putObject("headers"), each.request().headers());
      ObjectNode response = result.putObject("webResponse");
      response.put("protocol", "HTTP").put("statusCode", each.response().status());
      add(response.putObject("headers"), each.response().headers());
    }
    return log.text();
  }

  /** SARIF has one value for each name. */
  private static void add(ObjectNode object, Headers headers) {
    headers.forEach(header -> object.put(header.name(), headers.get(header.name())));
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW, INFO -> "note";
    };
  }

  private static String score(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "9.5";
      case HIGH -> "8.0";
      case MEDIUM -> "5.5";
      case LOW -> "2.0";
      case INFO -> "0.0";
    };
  }
}
