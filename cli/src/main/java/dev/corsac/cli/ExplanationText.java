package dev.corsac.cli;

import dev.corsac.browser.Engine;
import dev.corsac.doctor.Explanation;
import dev.corsac.doctor.Problem;
import dev.corsac.doctor.Stack;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.ColorScheme;

/** Explanations for people: the verdict first, in 80 columns. */
final class ExplanationText {
  private static final int WIDTH = 80;
  private static final int MARGIN = 6;
  private static final int MOST_ENTRIES = 10;

  private final PrintWriter out;
  private final ColorScheme colors;
  private final @Nullable Stack stack;

  ExplanationText(PrintWriter out, ColorScheme colors, @Nullable Stack stack) {
    this.out = out;
    this.colors = colors;
    this.stack = stack;
  }

  void print(List<Explanation> explanations) {
    for (int i = 0; i < explanations.size(); i++) {
      if (i > 0) {
        out.println();
      }
      print(explanations.get(i));
    }
  }

  void printHar(String file, List<Explanation> explanations) {
    print(explanations);
    if (explanations.isEmpty()) {
      out.println(styled("bold", "Nothing was blocked") + " in " + Printable.text(file) + ".");
      paragraph(
          "",
          "If a request failed all the same, record it again with the panel open before"
              + " the page is loaded, or explain the line of the console.");
    }
  }

  void printUnknown(Optional<String> nearest) {
    out.println(
        styled("bold,yellow", "Not known:") + " this is no message about CORS that I know.");
    nearest.ifPresent(
        line -> {
          out.println();
          paragraph("near", line);
        });
    out.println();
    paragraph(
        "try",
        "Copy the whole line from the browser's console, with the one before and after it; or"
            + " save the network panel as a HAR and use --har.");
  }

  private void print(Explanation explanation) {
    Problem problem = explanation.problem();
    headline(problem);
    out.println();
    paragraph("", explanation.says());
    out.println();
    paragraph("why", problem.why());
    paragraph("fix", fix(explanation, stack));
    if (!explanation.candidates().isEmpty()) {
      paragraph("or", others(explanation));
    }
    paragraph("from", source(explanation));
  }

  /** What to change: for the stack, where its remedies say more than the problem. */
  static String fix(Explanation explanation, @Nullable Stack stack) {
    String fix = explanation.problem().fix();
    return stack == null ? fix : stack.title() + ": " + fix;
  }

  private void headline(Problem problem) {
    String verdict = verdict(problem);
    List<String> lines = wrapped(verdict + " " + problem.title(), WIDTH);
    out.println(
        styled(problem.kind() == Problem.Kind.CORS ? "bold,red" : "bold,yellow", verdict)
            + styled("bold", lines.get(0).substring(verdict.length())));
    lines.stream().skip(1).forEach(line -> out.println(styled("bold", line)));
  }

  private static String verdict(Problem problem) {
    return switch (problem) {
      case NO_REASON_GIVEN, DID_NOT_SUCCEED, ACCESS_CONTROL_CHECKS -> "Not clear yet:";
      default ->
          switch (problem.kind()) {
            case CORS -> "CORS:";
            case COST -> "CORS, works but:";
            case PAGE, NETWORK, APPLICATION -> "Not CORS:";
          };
    };
  }

  private static String others(Explanation explanation) {
    return explanation.candidates().stream()
        .limit(4)
        .map(each -> each.title() + " (" + each.id() + ")")
        .collect(Collectors.joining("; "));
  }

  private static String source(Explanation explanation) {
    StringBuilder source = new StringBuilder();
    explanation.browser().ifPresent(browser -> source.append(name(browser)).append(", "));
    List<Integer> entries = explanation.entries();
    if (!entries.isEmpty()) {
      source.append(entries.size() == 1 ? "entry " : entries.size() + " entries: ");
      source.append(
          entries.stream()
              .limit(MOST_ENTRIES)
              .map(String::valueOf)
              .collect(Collectors.joining(", ")));
      source.append(entries.size() > MOST_ENTRIES ? ", …; " : "; ");
    }
    return source
        .append("docs/problems/")
        .append(explanation.problem().id())
        .append(".md")
        .toString();
  }

  private static String name(Engine browser) {
    return switch (browser) {
      case STANDARD -> "the standard";
      case CHROMIUM -> "Chromium (Chrome, Edge)";
      case FIREFOX -> "Firefox";
      case WEBKIT -> "Safari";
    };
  }

  /** A label in the margin and a text beside it. */
  private void paragraph(String label, String text) {
    String margin = styled("bold", label) + " ".repeat(MARGIN - label.length());
    for (String line : wrapped(Printable.text(text), WIDTH - MARGIN)) {
      out.println(margin + line);
      margin = " ".repeat(MARGIN);
    }
  }

  /** Lines of so many columns; a word that is longer, such as a URL, keeps a line of its own. */
  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split("\\s+", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** Picocli's color scheme knows of terminals and of NO_COLOR. */
  private String styled(String style, String text) {
    return colors.apply(Printable.text(text), Arrays.asList(Style.parse(style))).toString();
  }
}
