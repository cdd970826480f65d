package dev.corsac.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/**
 * A terminal of 80 columns: paragraphs under labels, and lines that are not broken.
 *
 * <p>Whatever is printed through it is {@link Printable} first.
 */
final class Screen {
  private static final int WIDTH = 80;
  private static final int LABEL = 11;

  private final PrintWriter out;
  private final ColorScheme colors;

  Screen(PrintWriter out, ColorScheme colors) {
    this.out = out;
    this.colors = colors;
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
    out.println(indent + styled(style, text));
  }

  /** A first word that catches the eye, and a sentence beside it. */
  void verdict(String style, String word, String sentence) {
    List<String> lines = wrapped(sentence, WIDTH - word.length() - 2);
    out.println(styled("bold," + style, word) + "  " + styled("bold", lines.get(0)));
    String indent = " ".repeat(word.length() + 2);
    lines.stream().skip(1).forEach(rest -> out.println(indent + styled("bold", rest)));
  }

  void heading(String text) {
    out.println();
    out.println(styled("bold", text));
  }

  /** A paragraph with a label to its left. */
  void item(String label, String text) {
    item(label, "", text);
  }

  /** A paragraph in a style with a label to its left. */
  void item(String label, String style, String text) {
    String margin = "  " + styled("faint", label) + " ".repeat(Math.max(1, LABEL - label.length()));
    for (String line : wrapped(text, WIDTH - LABEL - 2)) {
      out.println(margin + (style.isEmpty() ? line : styled(style, line)));
      margin = " ".repeat(LABEL + 2);
    }
  }

  private static List<String> wrapped(String text, int width) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : Printable.text(text).strip().split("\\s+", -1)) {
      if (column > 0 && column + 1 + word.length() > width) {
        lines.append('\n');
        column = 0;
      }
      lines.append(column > 0 ? " " : "").append(word);
      column += (column > 0 ? 1 : 0) + word.length();
    }
    return List.of(lines.toString().split("\n", -1));
  }

  /** Picocli's color scheme knows of terminals and of NO_COLOR. */
  private String styled(String style, String text) {
    return colors.apply(Printable.text(text), Arrays.asList(Style.parse(style))).toString();
  }
}
