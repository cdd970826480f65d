package dev.corsac.cli;

import dev.corsac.cli.text.Json;
import dev.corsac.config.FileFinding;
import java.util.List;
import java.util.Locale;

/** A finding of {@code corsac lint} for machines; a report is an array of them. */
record LintJson(
    String file, int line, int column, String rule, String severity, String message, String fix) {

  static String of(List<FileFinding> findings) {
    return Json.text(findings.stream().map(LintJson::of).toList());
  }

  private static LintJson of(FileFinding each) {
    return new LintJson(
        each.file(),
        each.line(),
        each.column(),
        each.finding().rule().id(),
        each.severity().name().toLowerCase(Locale.ROOT),
        each.finding().message(),
        each.finding().fix());
  }
}
