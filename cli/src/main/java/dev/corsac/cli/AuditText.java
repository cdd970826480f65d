package dev.corsac.cli;

import dev.corsac.browser.Header;
import dev.corsac.cli.text.Printable;
import dev.corsac.cli.text.TerminalStyle;
import dev.corsac.doctor.audit.AuditFinding;
import dev.corsac.doctor.audit.AuditReport;
import dev.corsac.doctor.audit.Check.Severity;
import dev.corsac.doctor.problem.Remedy;
import dev.corsac.doctor.problem.Stack;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.ColorScheme;

/** What an audit found, for people: the verdict first, then each finding with its evidence. */
final class AuditText {
  /** Every request has these, and they decide nothing. */
  private static final Set<String> ORDINARY = Set.of("accept", "user-agent", "cache-control");

  private static final Set<String> TELLING =
      Set.of("vary", "cache-control", "age", "x-cache", "set-cookie", "location", "x-corsac-audit");

  private static final int MAX_LINES = 12;
  private static final int MAX_LENGTH = 240;

  private final PrintWriter out;
  private final TerminalStyle terminal;

  AuditText(PrintWriter out, ColorScheme colors) {
    this.out = out;
    this.terminal = new TerminalStyle(colors);
  }

  void print(AuditReport report, @Nullable Stack stack) {
    verdict(report);
    report
        .stopped()
        .ifPresent(why -> out.print(terminal.paragraph("bold,red", "  stopped: ", why)));
    for (String note : report.notes()) {
      out.print(terminal.paragraph("bold", "  note: ", note));
    }
    out.println();
    report.findings().forEach(this::print);
    if (stack != null) {
      report.remedies(stack).forEach(remedy -> print(stack, remedy));
    }
  }

  /** Code is not broken into lines: it is there to be copied. */
  private void print(Stack stack, Remedy remedy) {
    String says = remedy.says().replace("`", "");
    out.print(terminal.paragraph("bold", "on " + stack.title() + ": ", says));
    out.println();
    remedy.code().lines().forEach(line -> out.println("    " + Printable.text(line)));
    out.println();
  }

  private void verdict(AuditReport report) {
    List<AuditFinding> findings = report.findings();
    String at = " at " + report.url() + " with " + report.requests() + " requests";
    if (findings.isEmpty() && report.stopped().isPresent()) {
      out.print(terminal.paragraph("bold,yellow", "Could not look", at + "."));
    } else if (findings.isEmpty()) {
      out.print(terminal.paragraph("bold,green", "Nothing found", at + "."));
    } else {
      String number = findings.size() + (findings.size() == 1 ? " finding" : " findings");
      String style = findings.get(0).severity().isAtLeast(Severity.HIGH) ? "bold,red" : "bold";
      out.print(terminal.paragraph(style, number, at + ": " + counts(findings) + "."));
    }
    if (!report.allowed().isEmpty()) {
      out.print(terminal.paragraph("bold", "  allowed: ", String.join("  ", report.allowed())));
    }
  }

  private static String counts(List<AuditFinding> findings) {
    return Arrays.stream(Severity.values())
        .filter(severity -> count(findings, severity) > 0)
        .map(severity -> count(findings, severity) + " " + severity.id())
        .collect(Collectors.joining(", "));
  }

  private static long count(List<AuditFinding> findings, Severity severity) {
    return findings.stream().filter(each -> each.severity() == severity).count();
  }

  private void print(AuditFinding finding) {
    out.print(
        terminal.paragraph(
            style(finding.severity()), finding.severity().id() + ": ", finding.check().title()));
    out.print(terminal.paragraph("bold", "  seen:  ", cut(finding.seen())));
    line("  > ", finding.request().toString());
    finding.request().headers().lines().stream()
        .filter(header -> !ORDINARY.contains(lower(header)))
        .forEach(header -> line("  > ", header.toString()));
    line("  < ", "status " + finding.response().status());
    List<Header> telling =
        finding.response().headers().lines().stream().filter(AuditText::isTelling).toList();
    telling.stream().limit(MAX_LINES).forEach(header -> line("  < ", header.toString()));
    int more = finding.response().headers().lines().size() - Math.min(telling.size(), MAX_LINES);
    if (more > 0) {
      out.println(terminal.styled("faint", "  < and " + more + " more"));
    }
    out.print(terminal.paragraph("bold", "  why:   ", finding.check().why()));
    out.print(terminal.paragraph("bold", "  fix:   ", finding.check().fix()));
    out.print(
        terminal.paragraph(
            "bold",
            "  check: ",
            finding.check().id() + "  " + Manual.CHECK.command(finding.check().id())));
    out.println();
  }

  private void line(String mark, String text) {
    out.print(terminal.paragraph("faint", mark, cut(text)));
  }

  private static String cut(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + " ...";
  }

  private static boolean isTelling(Header header) {
    String name = lower(header);
    return name.startsWith("access-control-") || TELLING.contains(name);
  }

  private static String lower(Header header) {
    return header.name().toLowerCase(Locale.ROOT);
  }

  private static String style(Severity severity) {
    return switch (severity) {
      case CRITICAL, HIGH -> "bold,red";
      case MEDIUM -> "bold,yellow";
      case LOW, INFO -> "bold";
    };
  }
}
