package dev.corsac.cli;

import dev.corsac.browser.Header;
import dev.corsac.cli.text.Json;
import dev.corsac.doctor.audit.AuditFinding;
import dev.corsac.doctor.audit.AuditReport;
import java.util.List;

/** A finding of {@code corsac audit} for machines; a report is an array of them. */
record AuditJson(
    String check,
    String severity,
    String title,
    String seen,
    String why,
    String fix,
    String url,
    Request request,
    Response response) {

  record Request(String method, String url, List<Header> headers) {}

  record Response(int status, List<Header> headers) {}

  static String of(AuditReport report) {
    return Json.text(report.findings().stream().map(each -> of(each, report.url())).toList());
  }

  private static AuditJson of(AuditFinding each, String url) {
    return new AuditJson(
        each.check().id(),
        each.severity().id(),
        each.check().title(),
        each.seen(),
        each.check().why(),
        each.check().fix(),
        url,
        new Request(
            each.request().method(), each.request().url(), each.request().headers().lines()),
        new Response(each.response().status(), each.response().headers().lines()));
  }
}
