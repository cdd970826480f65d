package dev.corsac.cli;

import dev.corsac.cli.text.Printable;
import dev.corsac.cli.text.TerminalStyle;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/**
 * Markdown as text: prose in lines of the terminal's width, code as it stands.
 *
 * <p>Code in prose keeps its backticks, since {@code *} or {@code .} would otherwise be lost among
 * the words.
 */
final class MarkdownText {
  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  private final TerminalStyle terminal;
  private final StringBuilder out = new StringBuilder();

  private MarkdownText(TerminalStyle terminal) {
    this.terminal = terminal;
  }

  static String of(String markdown, TerminalStyle terminal) {
    MarkdownText text = new MarkdownText(terminal);
    text.blocks(PARSER.parse(markdown), "");
    return text.out.toString();
  }

  /** Without styles, in 80 columns. */
  static String plain(String markdown) {
    return of(
        markdown,
        new TerminalStyle(new ColorScheme.Builder(Ansi.OFF).build(), TerminalStyle.USUAL_WIDTH));
  }

  /** Markdown that means just this text. */
  static String escaped(String text) {
    return text.replaceAll("[\\\\`*_{}\\[\\]<>#+!|&~-]", "\\\\$0");
  }

  private void blocks(Node parent, String indent) {
    for (Node block = parent.getFirstChild(); block != null; block = block.getNext()) {
      if (block.getPrevious() != null) {
        out.append('\n');
      }
      block(block, indent);
    }
  }

  /** A block whose first line begins with that text, and the others as far to the right. */
  private void block(Node block, String start) {
    if (block instanceof Heading heading) {
      heading(heading, start);
    } else if (block instanceof Paragraph) {
      out.append(terminal.paragraph("", start, inline(block)));
    } else if (block instanceof FencedCodeBlock code) {
      code(code.getLiteral(), start);
    } else if (block instanceof IndentedCodeBlock code) {
      code(code.getLiteral(), start);
    } else if (block instanceof HtmlBlock html) {
      code(html.getLiteral(), start);
    } else if (block instanceof ThematicBreak) {
      out.append(start).append("---\n");
    } else if (block instanceof TableBlock) {
      table(block, start);
    } else if (block instanceof BulletList || block instanceof OrderedList) {
      items(block, start);
    } else {
      blocks(block, start + "  ");
    }
  }

  /** Underlined if it is one of the first two levels: not every terminal has a bold face. */
  private void heading(Heading heading, String start) {
    String below = heading.getLevel() == 1 ? "=" : heading.getLevel() == 2 ? "-" : "";
    int longest = 0;
    for (String line : TerminalStyle.lines(inline(heading), terminal.width() - start.length())) {
      out.append(start).append(terminal.styled("bold", line)).append('\n');
      longest = Math.max(longest, line.length());
    }
    if (!below.isEmpty()) {
      out.append(start).append(below.repeat(longest)).append('\n');
    }
  }

  private void items(Node list, String start) {
    String indent = " ".repeat(start.length());
    int number = list instanceof OrderedList ordered ? ordered.getMarkerStartNumber() : 0;
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      String marker = list instanceof OrderedList ? number++ + ". " : "- ";
      String label = (item.getPrevious() == null ? start : indent) + marker;
      for (Node block = item.getFirstChild(); block != null; block = block.getNext()) {
        block(block, block.getPrevious() == null ? label : " ".repeat(label.length()));
      }
    }
  }

  /** Not broken into lines: it is there to be copied. */
  private void code(String code, String start) {
    code.lines()
        .forEach(
            line ->
                out.append(line.isEmpty() ? "" : start + "    ")
                    .append(Printable.text(line))
                    .append('\n'));
  }

  /** Columns side by side, the last one with what is left of the width. */
  private void table(Node table, String start) {
    List<List<String>> rows = new ArrayList<>();
    for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
      for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
        List<String> cells = new ArrayList<>();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
          cells.add(inline(cell));
        }
        rows.add(cells);
      }
    }
    for (List<String> row : rows) {
      StringBuilder label = new StringBuilder(start);
      for (int i = 0; i < row.size() - 1; i++) {
        String cell = row.get(i);
        label.append(cell).append(" ".repeat(width(rows, i) - cell.length() + 2));
      }
      String last = row.isEmpty() ? "" : row.get(row.size() - 1);
      if (label.length() > terminal.width() / 2) {
        out.append(label.toString().stripTrailing()).append('\n');
        label = new StringBuilder(start + "    ");
      }
      out.append(terminal.paragraph("", label.toString(), last));
    }
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream()
        .mapToInt(row -> column < row.size() ? row.get(column).length() : 0)
        .max()
        .orElse(0);
  }

  private static String inline(Node parent) {
    StringBuilder text = new StringBuilder();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Text literal) {
        text.append(literal.getLiteral());
      } else if (node instanceof Code code) {
        text.append('`').append(code.getLiteral()).append('`');
      } else if (node instanceof HtmlInline html) {
        text.append(html.getLiteral());
      } else if (node instanceof SoftLineBreak || node instanceof HardLineBreak) {
        text.append(' ');
      } else if (node instanceof Link link) {
        String label = inline(link);
        String target = link.getDestination();
        text.append(label.equals(target) ? target : label + " (" + target + ")");
      } else {
        text.append(inline(node));
      }
    }
    return text.toString();
  }
}
