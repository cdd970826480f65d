package dev.corsac.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/**
 * Writes for a terminal: colours where there are any, lines of 80 columns, nothing that it obeys.
 */
record Ink(ColorScheme colors) {
  static final int WIDTH = 80;

  /** Picocli's color scheme knows of terminals and of NO_COLOR. */
  String styled(String style, String text) {
    return colors.apply(Printable.text(text), Arrays.asList(Style.parse(style))).toString();
  }

  /**
   * A text in lines, all but the first below the text that follows the label.
   *
   * @param label what stands before the text, with its indent
   */
  String paragraph(String style, String label, String text) {
    String below = " ".repeat(label.length());
    List<String> lines = lines(Printable.text(text), WIDTH - label.length());
    StringBuilder out = new StringBuilder(styled(style, label));
    out.append(lines.get(0)).append('\n');
    lines.stream().skip(1).forEach(line -> out.append(below).append(line).append('\n'));
    return out.toString();
  }

  /** Broken at spaces, and within what has none. */
  private static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }
}
