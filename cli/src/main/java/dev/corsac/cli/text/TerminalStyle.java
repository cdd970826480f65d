package dev.corsac.cli.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/**
 * Writes for a terminal: colours where there are any, lines of 80 columns, nothing that it obeys.
 */
public record TerminalStyle(ColorScheme colors, int width) {
  public static final int USUAL_WIDTH = 80;

  private static final int LEAST_WIDTH = 40;

  /** With 80 columns, or fewer if {@code COLUMNS} says that there are no more. */
  public TerminalStyle(ColorScheme colors) {
    this(colors, width(System.getenv().getOrDefault("COLUMNS", "")));
  }

  public static int width(String columns) {
    return columns.matches("\\d{1,4}")
        ? Math.max(LEAST_WIDTH, Math.min(Integer.parseInt(columns), USUAL_WIDTH))
        : USUAL_WIDTH;
  }

  /** In a style such as {@code bold,red}, or none; picocli knows of terminals and of NO_COLOR. */
  public String styled(String style, String text) {
    return style.isEmpty()
        ? Printable.text(text)
        : colors.apply(Printable.text(text), Arrays.asList(Style.parse(style))).toString();
  }

  /**
   * A text in lines, all but the first below the text that follows the label.
   *
   * @param label what stands before the text, with its indent
   */
  public String paragraph(String style, String label, String text) {
    String below = " ".repeat(label.length());
    List<String> lines = lines(Printable.text(text), Math.max(10, width - label.length()));
    StringBuilder out = new StringBuilder(styled(style, label));
    out.append(lines.get(0)).append('\n');
    lines.stream().skip(1).forEach(line -> out.append(below).append(line).append('\n'));
    return out.toString();
  }

  /** Broken at spaces, and within what has none. */
  public static List<String> lines(String text, int width) {
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
