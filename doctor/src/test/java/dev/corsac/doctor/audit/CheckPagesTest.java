package dev.corsac.doctor.audit;

import dev.corsac.doctor.DocPages;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages in {@code docs/checks} say what the data says. */
class CheckPagesTest {
  private static final DocPages PAGES = new DocPages("checks");

  @ParameterizedTest
  @EnumSource(Check.class)
  void page_isWhatTheDataSays(Check check) throws IOException {
    PAGES.check(check.id(), page(check));
  }

  @Test
  void table_isWhatTheDataSays() throws IOException {
    PAGES.check("README", table());
  }

  @Test
  void everyPageHasACheck() throws IOException {
    PAGES.checkNames(Arrays.stream(Check.values()).map(Check::id).toList());
  }

  private static String page(Check check) {
    StringBuilder out = new StringBuilder();
    out.append("# ").append(check.title()).append("\n\n");
    out.append('`').append(check.id()).append("`: ").append(severity(check)).append(".\n");
    out.append("\n## Why\n\n").append(DocPages.prose(check.why())).append('\n');
    out.append("\n## The fix\n\n").append(DocPages.prose(check.fix())).append('\n');
    check
        .problem()
        .ifPresent(
            problem ->
                out.append("\nHow to do so on each stack: [")
                    .append(problem.id())
                    .append("](../problems/")
                    .append(problem.id())
                    .append(".md#the-fix).\n"));
    if (!check.impliedBy().isEmpty()) {
      out.append("\nIt is not reported beside a finding from which it follows: ")
          .append(
              check.impliedBy().stream()
                  .map(CheckPagesTest::link)
                  .collect(Collectors.joining(", ")))
          .append(".\n");
    }
    return out.toString();
  }

  private static String severity(Check check) {
    return check.milderWhen().isEmpty()
        ? check.severity().id()
        : check.severity().id() + "; " + check.milderSeverity().id() + " " + check.milderWhen();
  }

  private static String link(Check check) {
    return "[%1$s](%1$s.md)".formatted(check.id());
  }

  private static String table() {
    StringBuilder out =
        new StringBuilder(
            """
            # The checks

            What `corsac audit` looks for. The severity is the worst that a finding can have; its page says when it is milder.
            [How to audit a server](../audit.md).

            | check | severity | |
            |---|---|---|
            """);
    for (Check check : Check.values()) {
      out.append(
          "| %s | %s | %s |\n"
              .formatted(link(check), check.severity().id(), DocPages.prose(check.title())));
    }
    return out.toString();
  }
}
