package dev.corsac.cli;

import dev.corsac.browser.Engine;
import dev.corsac.doctor.explain.Explanation;
import dev.corsac.doctor.har.HarFinding;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explanations for people: the verdict first, in 80 columns. */
final class ExplainText {
  private static final int MOST_ENTRIES = 10;

  private final Report report;
  private final @Nullable Stack stack;

  ExplainText(Report report, @Nullable Stack stack) {
    this.report = report;
    this.stack = stack;
  }

  void print(List<Explanation> explanations) {
    for (int i = 0; i < explanations.size(); i++) {
      if (i > 0) {
        report.blank();
      }
      print(explanations.get(i), List.of());
    }
  }

  void printHar(String file, List<HarFinding> findings, boolean withoutFailures) {
    for (int i = 0; i < findings.size(); i++) {
      if (i > 0) {
        report.blank();
      }
      print(findings.get(i).explanation(), findings.get(i).entries());
    }
    if (withoutFailures) {
      if (findings.isEmpty()) {
        report.verdict("yellow", "Nothing is known", "of what was blocked in " + file + ".");
      } else {
        report.blank();
      }
      report.item(
          "",
          "Safari leaves requests that failed out of the HAR that it exports. Explain the line of"
              + " Safari's console, or record a HAR with Chromium or Firefox.");
    } else if (findings.isEmpty()) {
      report.verdict("green", "Nothing was blocked", "in " + file + ".");
      report.item(
          "",
          "If a request failed all the same, record it again with the panel open before"
              + " the page is loaded, or explain the line of the console.");
    }
  }

  void printUnknown(Optional<String> nearest) {
    report.verdict("yellow", "Not known:", "this is not a message about CORS that I know.");
    nearest.ifPresent(
        line -> {
          report.blank();
          report.item("near", line);
        });
    report.blank();
    report.item(
        "try",
        "Copy the whole line from the browser's console, with the one before and after it; or"
            + " save the network panel as a HAR and use --har.");
  }

  private void print(Explanation explanation, List<Integer> entries) {
    Problem problem = explanation.problem();
    headline(problem);
    report.blank();
    report.item("", explanation.says());
    report.blank();
    report.item("why", problem.why());
    report.item("fix", explanation.problemCase().fix());
    if (!explanation.candidates().isEmpty()) {
      report.item("or", others(explanation));
    }
    String source = source(explanation, entries);
    if (!source.isEmpty()) {
      report.item("from", source);
    }
    report.item("more", Manual.PROBLEM.command(problem.id()));
    if (stack != null) {
      explanation.remedy(stack).ifPresent(remedy -> report.remedy("In " + stack.title(), remedy));
    }
  }

  private void headline(Problem problem) {
    String style = problem.kind() == Problem.Kind.CORS ? "red" : "yellow";
    report.verdict(style, verdict(problem), problem.title());
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
    List<String> source = new ArrayList<>();
    explanation.browser().ifPresent(browser -> source.add(name(browser)));
    if (!entries.isEmpty()) {
      String first =
          entries.stream()
              .limit(MOST_ENTRIES)
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
      source.add(
          (entries.size() == 1 ? "entry " : entries.size() + " entries: ")
              + first
              + (entries.size() > MOST_ENTRIES ? ", …" : ""));
    }
    return String.join(", ", source);
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
