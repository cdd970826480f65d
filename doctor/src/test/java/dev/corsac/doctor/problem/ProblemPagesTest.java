package dev.corsac.doctor.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.Cause;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Outcome;
import dev.corsac.doctor.DocPages;
import dev.corsac.doctor.problem.ProblemExamples.Example;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The pages in {@code docs/problems} say what the data says, and what the browser's model prints.
 */
class ProblemPagesTest {
  private static final DocPages PAGES = new DocPages("problems");
  private static final Set<String> CAUSES =
      Arrays.stream(Cause.values()).map(Enum::name).collect(Collectors.toSet());
  private static final Map<Engine, String> BROWSERS =
      new EnumMap<>(
          Map.of(
              Engine.CHROMIUM, "Chrome, Edge", Engine.FIREFOX, "Firefox", Engine.WEBKIT, "Safari"));

  @ParameterizedTest
  @EnumSource(Problem.class)
  void page_isWhatTheDataSays(Problem problem) throws IOException {
    PAGES.check(problem.id(), page(problem));
  }

  @Test
  void table_isWhatTheDataSays() throws IOException {
    PAGES.check("README", table());
  }

  @Test
  void everyPageHasAProblem() throws IOException {
    PAGES.checkNames(Arrays.stream(Problem.values()).map(Problem::id).toList());
  }

  @ParameterizedTest
  @EnumSource(Problem.class)
  void example_fails(Problem problem) {
    Optional<Example> example = ProblemExamples.of(problem);
    if (problem.kind() == Problem.Kind.CORS) {
      assertThat(example).isPresent();
    }
    example.ifPresent(
        each -> {
          Cause cause = each.in(Engine.STANDARD).assertBlocked().error().cause();
          if (CAUSES.contains(problem.name())) {
            assertThat(cause).hasToString(problem.name());
          }
        });
  }

  private static String page(Problem problem) {
    StringBuilder out = new StringBuilder();
    Optional<Example> example = ProblemExamples.of(problem);
    out.append("# ").append(problem.title()).append("\n\n");
    out.append("`").append(problem.id()).append("`. ").append(whose(problem.kind())).append('\n');
    example.ifPresent(each -> out.append("\n## What the browser says\n\n").append(console(each)));
    out.append("\n## Why\n\n").append(DocPages.prose(problem.why())).append('\n');
    out.append("\n## How to recognise it\n\n")
        .append(DocPages.prose(entry(problem, "sign")))
        .append('\n');
    out.append("\nTo be sure:\n\n```\n");
    out.append(ProblemExamples.call(problem).command()).append("\n```\n");
    out.append("\n## The fix\n\n").append(DocPages.prose(problem.fix())).append('\n');
    for (Stack stack : Stack.values()) {
      Remedies.of(problem, stack, facts(problem))
          .filter(remedy -> stack.isProven())
          .ifPresent(
              remedy ->
                  out.append("\n### ")
                      .append(stack.title())
                      .append("\n\n")
                      .append(remedy.markdown()));
    }
    if (Remedies.of(problem, Stack.CORSAC, facts(problem)).isPresent()) {
      out.append("\nFor your own request, and for other servers, `corsac doctor URL --stack NAME` ")
          .append("writes it.\n");
    }
    String standard = standard(problem, example);
    String name = standard.contains("fetch.spec") ? "the Fetch standard" : "the specification";
    out.append("\nReference: [").append(name).append("](").append(standard).append(").\n");
    return out.toString();
  }

  private static String console(Example example) {
    StringBuilder out = new StringBuilder();
    BROWSERS.forEach(
        (engine, name) -> {
          List<String> lines = lines(example.in(engine), engine);
          if (lines.isEmpty()) {
            out.append(name).append(": no line that gives a CORS reason.\n\n");
          } else {
            out.append(name)
                .append(":\n\n```\n")
                .append(String.join("\n", lines))
                .append("\n```\n\n");
          }
        });
    return out.deleteCharAt(out.length() - 1).toString();
  }

  private static List<String> lines(Outcome outcome, Engine engine) {
    List<String> lines = new ArrayList<>(outcome.warnings());
    if (outcome instanceof Outcome.Blocked blocked) {
      String line = blocked.error().consoleLine(engine);
      if (line != null) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static String whose(Problem.Kind kind) {
    return switch (kind) {
      case CORS -> "The server's response breaks the CORS protocol.";
      case PAGE -> "It is up to the page, or the browser, rather than the server's CORS headers.";
      case NETWORK -> "There is no response. CORS headers do not help.";
      case APPLICATION -> "The page reads the response; it is not what it hoped for.";
      case COST -> "It works, but slower or less reliably than it could.";
    };
  }

  private static Facts facts(Problem problem) {
    ProblemExamples.Call call = ProblemExamples.call(problem);
    return Facts.of(Fact.ORIGIN, call.origin())
        .with(Fact.METHOD, call.method().equals("GET") ? null : call.method());
  }

  private static String standard(Problem problem, Optional<Example> example) {
    String given = entry(problem, "standard");
    if (given != null) {
      return given;
    }
    Outcome outcome = example.orElseThrow().in(Engine.STANDARD);
    return ((Outcome.Blocked) outcome).error().cause().section();
  }

  private static @Nullable String entry(Problem problem, String key) {
    Map<?, ?> entry = (Map<?, ?>) Objects.requireNonNull(ProblemTexts.entries().get(problem.id()));
    Object value = entry.get(key);
    return value == null ? null : value.toString();
  }

  private static String table() {
    StringBuilder out =
        new StringBuilder(
            """
            # The problems

            What can keep an answer from a page, look as if it did, or cost more than it should. `./corsac doctor` finds which one it is at a URL,
            `./corsac explain` from what the console says; both name it by its id. Each page has the lines of each browser and the fix for each stack.
            """);
    for (Problem.Kind kind : Problem.Kind.values()) {
      out.append("\n## ")
          .append(whose(kind).replaceAll("\\.$", ""))
          .append("\n\n| problem | |\n|---|---|\n");
      for (Problem problem : Problem.values()) {
        if (problem.kind() == kind) {
          String link = "[%1$s](%1$s.md)".formatted(problem.id());
          out.append("| %s | %s |\n".formatted(link, DocPages.prose(problem.title())));
        }
      }
    }
    return out.toString();
  }
}
