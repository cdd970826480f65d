package dev.corsac.cli;

import dev.corsac.browser.Engine;
import dev.corsac.doctor.explain.Explanation;
import dev.corsac.doctor.har.HarFinding;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.Stack;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explanations for people: the verdict first, in 80 columns. */
final class ExplanationText {
  private static final int MOST_ENTRIES = 10;

  private final Screen screen;
  private final @Nullable Stack stack;

  ExplanationText(Screen screen, @Nullable Stack stack) {
    this.screen = screen;
    this.stack = stack;
  }

  void print(List<Explanation> explanations) {
    for (int i = 0; i < explanations.size(); i++) {
      if (i > 0) {
        screen.blank();
      }
      print(explanations.get(i), List.of());
    }
  }

  void printHar(String file, List<HarFinding> findings) {
    for (int i = 0; i < findings.size(); i++) {
      if (i > 0) {
        screen.blank();
      }
      print(findings.get(i).explanation(), findings.get(i).entries());
    }
    if (findings.isEmpty()) {
      screen.verdict("green", "Nothing was blocked", "in " + file + ".");
      screen.item(
          "",
          "If a request failed all the same, record it again with the panel open before"
              + " the page is loaded, or explain the line of the console.");
    }
  }

  void printUnknown(Optional<String> nearest) {
    screen.verdict("yellow", "Not known:", "this is no message about CORS that I know.");
    nearest.ifPresent(
        line -> {
          screen.blank();
          screen.item("near", line);
        });
    screen.blank();
    screen.item(
        "try",
        "Copy the whole line from the browser's console, with the one before and after it; or"
            + " save the network panel as a HAR and use --har.");
  }

  private void print(Explanation explanation, List<Integer> entries) {
    Problem problem = explanation.problem();
    headline(problem);
    screen.blank();
    screen.item("", explanation.says());
    screen.blank();
    screen.item("why", problem.why());
    screen.item("fix", problem.fix());
    if (!explanation.candidates().isEmpty()) {
      screen.item("or", others(explanation));
    }
    screen.item("from", source(explanation, entries));
    if (stack != null) {
      explanation.remedy(stack).ifPresent(remedy -> screen.remedy("In " + stack.title(), remedy));
    }
  }

  private void headline(Problem problem) {
    String style = problem.kind() == Problem.Kind.CORS ? "red" : "yellow";
    screen.verdict(style, verdict(problem), problem.title());
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

  private static String source(Explanation explanation, List<Integer> entries) {
    StringBuilder source = new StringBuilder();
    explanation.browser().ifPresent(browser -> source.append(name(browser)).append(", "));
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
}
