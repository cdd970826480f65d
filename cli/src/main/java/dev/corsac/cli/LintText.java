package dev.corsac.cli;

import dev.corsac.cli.text.Printable;
import dev.corsac.cli.text.TerminalStyle;
import dev.corsac.config.FileFinding;
import dev.corsac.finding.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.ColorScheme;

/** Findings for people: each with its line, a caret, the fix and its page. */
final class LintText {
  private static final int MAX_WIDTH = 110;

  /** More than a file may have; of a longer one only the beginning is shown. */
  private static final int MAX_BYTES = 1 << 24;

  private final PrintWriter out;
  private final TerminalStyle terminal;
  private final Map<String, List<String>> lines = new HashMap<>();

  LintText(PrintWriter out, ColorScheme colors) {
    this.out = out;
    this.terminal = new TerminalStyle(colors);
  }

  void print(List<FileFinding> findings, Collection<Path> files) {
    findings.forEach(this::print);
    out.println(summary(findings, files.size()));
  }

  private void print(FileFinding finding) {
    boolean error = finding.severity() == Severity.ERROR;
    String style = error ? "bold,red" : "bold,yellow";
    out.println(
        styled("bold", finding.file() + ":" + finding.line() + ":" + finding.column() + ":")
            + " "
            + styled(style, error ? "error:" : "warning:")
            + " "
            + Printable.text(finding.finding().message()));
    printSource(finding, style);
    String margin = " ".repeat(number(finding).length());
    out.println(
        margin + " " + styled("bold", "fix:") + "  " + Printable.text(finding.finding().fix()));
    out.println(
        margin
            + " "
            + styled("bold", "rule:")
            + " "
            + finding.finding().rule().id()
            + styled("faint", "  " + Manual.RULE.command(finding.finding().rule().id())));
    out.println();
  }

  private void printSource(FileFinding finding, String style) {
    List<String> all = lines.computeIfAbsent(finding.file(), LintText::read);
    if (finding.line() > all.size()) {
      return;
    }
    int[] line = all.get(finding.line() - 1).codePoints().toArray();
    int start = Math.min(finding.column() - 1, line.length);
    int end = Math.max(start + 1, Math.min(finding.endColumn() - 1, line.length));
    // Of a long line the part around the place is shown.
    int from = start < MAX_WIDTH - 20 ? 0 : start - 20;
    int to = Math.min(line.length, from + MAX_WIDTH);
    String excerpt = Printable.text(new String(line, from, to - from));
    String before = from > 0 ? "... " : "";
    out.println(
        styled("faint", number(finding) + " |")
            + " "
            + before
            + excerpt
            + (to < line.length ? " ..." : ""));
    String carets = "^".repeat(Math.max(1, Math.min(end, Math.max(to, start + 1)) - start));
    out.println(
        styled("faint", " ".repeat(number(finding).length()) + " |")
            + " "
            + " ".repeat(before.length() + width(line, from, start))
            + styled(style, carets));
  }

  /** How many columns of a terminal a part of a line takes: East Asian characters take two. */
  private static int width(int[] line, int from, int to) {
    int width = 0;
    for (int i = from; i < to; i++) {
      int type = Character.getType(line[i]);
      boolean none = type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
      width += none ? 0 : Character.isIdeographic(line[i]) || line[i] >= 0x1f300 ? 2 : 1;
    }
    return width;
  }

  private static String number(FileFinding finding) {
    return String.format("%4d", finding.line());
  }

  private static List<String> read(String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      // As the loader sees it: a wrong byte is one character, a byte order mark none.
      String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
      return text.replaceFirst("^\ufeff", "").lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private String summary(List<FileFinding> findings, int files) {
    long errors = findings.stream().filter(each -> each.severity() == Severity.ERROR).count();
    long warnings = findings.size() - errors;
    String checked = files == 1 ? "1 file" : files + " files";
    if (findings.isEmpty()) {
      return styled("bold,green", "Nothing to say") + " about " + checked + ".";
    }
    return styled(errors > 0 ? "bold,red" : "bold", count(errors, "error"))
        + ", "
        + styled(warnings > 0 ? "bold,yellow" : "bold", count(warnings, "warning"))
        + " in "
        + checked
        + ".";
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private String styled(String style, String text) {
    return terminal.styled(style, text);
  }
}
