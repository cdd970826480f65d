package dev.corsac.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.doctor.audit.AuditFinding;
import dev.corsac.doctor.audit.AuditReport;
import dev.corsac.doctor.audit.Check;
import dev.corsac.doctor.audit.Check.Severity;

/** What an audit found, for machines. */
final class AuditReports {
  private AuditReports() {}

  /** An array of objects. */
  static String json(AuditReport report) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (AuditFinding each : report.findings()) {
      ObjectNode object =
          array
              .addObject()
              .put("check", each.check().id())
              .put("severity", each.severity().id())
              .put("title", each.check().title())
              .put("seen", each.seen())
              .put("why", each.check().why())
              .put("fix", each.check().fix())
              .put("url", report.url());
      ObjectNode request =
          object
              .putObject("request")
              .put("method", each.request().method())
              .put("url", each.request().url());
      add(request.putArray("headers"), each.request().headers());
      ObjectNode response = object.putObject("response").put("status", each.response().status());
      add(response.putArray("headers"), each.response().headers());
    }
    return Json.text(array);
  }

  private static void add(ArrayNode array, Headers headers) {
    for (Header header : headers) {
      array.addObject().put("name", header.name()).put("value", header.value());
    }
  }

  /** A SARIF log whose results are at the URL, and have the request and the answer. */
  static String sarif(AuditReport report) {
    SarifLog log = new SarifLog("corsac audit");
    for (Check check : Check.values()) {
      ObjectNode rule =
          log.addRule(check.id(), check.title(), check.page(), level(check.severity()));
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
