package dev.corsac.cli;

import dev.corsac.cli.text.Printable;
import dev.corsac.cli.text.TerminalStyle;
import dev.corsac.doctor.problem.Remedy;
import java.io.PrintWriter;
import picocli.CommandLine.Help.ColorScheme;

/** What the reports of the doctor and of explain are made of: labels with texts beside them. */
final class Report {
  private final PrintWriter out;
  private final TerminalStyle terminal;
  private final int margin;

  /**
   * A report on which texts begin at a column.
   *
   * @param margin how many columns labels have
   */
  Report(PrintWriter out, ColorScheme colors, int margin) {
    this.out = out;
    this.terminal = new TerminalStyle(colors);
    this.margin = margin;
  }

  void blank() {
    out.println();
  }

  /**
   * A line that is too long for the terminal is the terminal's to break: it can be copied whole.
   */
  void line(String indent, String text) {
    out.println(indent + Printable.text(text));
  }

  /** The same, in a style such as {@code bold,red}. */
  void line(String indent, String style, String text) {
    out.println(indent + terminal.styled(style, text));
  }

  /** A first word that catches the eye, and a sentence beside it. */
  void verdict(String style, String word, String sentence) {
    out.print(terminal.paragraph("bold," + style, word + " ", sentence));
  }

  /** A title with an empty line before it. */
  void heading(String text) {
    out.println();
    out.println(terminal.styled("bold", text));
  }

  /** A paragraph with a label to its left. */
  void item(String label, String text) {
    String gap = " ".repeat(Math.max(1, margin - label.length()));
    out.print(terminal.paragraph("bold", label + gap, text));
  }

  /** How to do away with a problem, ready to be copied. */
  void remedy(String title, Remedy remedy) {
    heading(title);
    item("", remedy.says().replace("`", ""));
    blank();
    remedy.code().lines().forEach(line -> line(line.isEmpty() ? "" : "      ", line));
  }
}
