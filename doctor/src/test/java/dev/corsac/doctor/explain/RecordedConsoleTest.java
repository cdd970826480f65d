package dev.corsac.doctor.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.Engine;
import dev.corsac.doctor.problem.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every line that the consoles of real browsers printed is explained, and rightly so. */
class RecordedConsoleTest {
  /** Lines about something else than why the page did not get the response. */
  private static final Map<String, Problem> BESIDE =
      Map.of(
          "Refused to set unsafe header", Problem.FORBIDDEN_HEADER,
          "Refused to get unsafe header", Problem.HEADERS_NOT_EXPOSED,
          "Mixed Content: The page at", Problem.MIXED_CONTENT,
          "Cookie “", Problem.COOKIE_NOT_SENT,
          "Cross-Origin Request Warning", Problem.AUTHORIZATION_UNDER_STAR,
          "Unable to get image data", Problem.CANVAS_TAINTED);

  /** Lines about no request at all. */
  private static final String NO_MATTER = "ArrayBuffer is deprecated in XMLHttpRequest.send()";

  /** Scenarios in which the browsers read one and the same answer in different ways. */
  private static final Map<String, String> READ_OTHERWISE =
      Map.of(
          "acao-907c8097a0", "only Chromium takes 'Name : value' for a header",
          "mix-54139e58bb", "only Chromium takes 'Name : value' for a header",
          "mix-23dee7c488", "only Firefox ignores a second, empty line of a header");

  private static final Set<Problem> STATUSES =
      EnumSet.of(
          Problem.PREFLIGHT_STATUS,
          Problem.PREFLIGHT_UNAUTHORIZED,
          Problem.PREFLIGHT_FORBIDDEN,
          Problem.PREFLIGHT_NOT_HANDLED,
          Problem.PREFLIGHT_SERVER_ERROR,
          Problem.PREFLIGHT_REDIRECT);

  /** What Chromium finds no CORS error in, by what the line of the other browser says. */
  private static final Set<Problem> NO_CORS =
      EnumSet.of(
          Problem.CONTENT_SECURITY_POLICY,
          Problem.REPORT_ONLY,
          Problem.INTEGRITY,
          Problem.OPAQUE_RESPONSE,
          Problem.OPAQUE_RESPONSE_BLOCKED,
          Problem.RESOURCE_POLICY,
          Problem.SAME_ORIGIN_MODE,
          Problem.SCHEME_NOT_SUPPORTED,
          Problem.BAD_PORT,
          Problem.REDIRECT_LEFT_ORIGIN,
          Problem.REDIRECT_LOOP,
          Problem.REDIRECT_MODE_ERROR,
          Problem.REDIRECT_SCHEME,
          Problem.DID_NOT_SUCCEED,
          Problem.ACCESS_CONTROL_CHECKS);

  private final List<String> wrong = new ArrayList<>();
  private int lines;

  @ParameterizedTest
  @EnumSource(names = {"CHROMIUM", "FIREFOX", "WEBKIT"})
  void everyLineIsExplained(Engine browser) throws IOException {
    Map<String, RecordedConsole.Step> chromium =
        RecordedConsole.of(Engine.CHROMIUM).stream()
            .collect(Collectors.toMap(RecordedConsole.Step::id, Function.identity()));
    for (RecordedConsole.Step step : RecordedConsole.of(browser)) {
      RecordedConsole.Step same = Objects.requireNonNull(chromium.get(step.id()), step.id());
      for (String line : step.lines()) {
        lines++;
        check(browser, step, same, line);
      }
    }
    print(lines - wrong.size() + " of " + lines + " lines of " + browser + " are explained");
    assertThat(wrong).isEmpty();
  }

  private void check(
      Engine browser, RecordedConsole.Step step, RecordedConsole.Step chromium, String line) {
    List<Explanation> found = Explainer.explain(line);
    if (line.startsWith(NO_MATTER)) {
      require(found.isEmpty(), step, line, found);
      return;
    }
    if (found.size() != 1) {
      require(false, step, line, found);
      return;
    }
    Explanation explanation = found.get(0);
    Problem beside = beside(line);
    if (beside != null) {
      require(explanation.problem() == beside, step, line, found);
      return;
    }
    require(explanation.browser().orElse(browser) == browser, step, line, found);
    if (chromium.corsError().isEmpty()) {
      require(
          explanation.isCors()
              ? browser != Engine.CHROMIUM
              : NO_CORS.contains(explanation.problem()),
          step,
          line,
          found);
      return;
    }
    Set<Problem> allowed = EnumSet.copyOf(CorsErrors.problems(chromium.corsError()));
    if (browser == Engine.CHROMIUM) {
      require(allowed.contains(explanation.problem()), step, line, found);
      return;
    }
    allowed.addAll(otherOrder(browser, chromium.corsError()));
    Set<Problem> said = EnumSet.of(explanation.problem());
    said.addAll(explanation.candidates());
    boolean vague =
        explanation.problem() == Problem.DID_NOT_SUCCEED
            || explanation.problem() == Problem.ACCESS_CONTROL_CHECKS;
    // Browsers that sent other requests were told other things.
    boolean otherExchange =
        !step.requests().equals(chromium.requests())
            || READ_OTHERWISE.containsKey(step.id().split("/", 2)[0]);
    require(
        vague
            || said.stream().anyMatch(allowed::contains)
            || (otherExchange && explanation.isCors()),
        step,
        line,
        found);
  }

  /** Of an answer with two faults, each browser names the one that it looks at first. */
  private static Set<Problem> otherOrder(Engine browser, String corsError) {
    if (browser == Engine.WEBKIT && corsError.startsWith("Preflight")) {
      return STATUSES;
    }
    if (browser == Engine.FIREFOX && corsError.equals("PreflightDisallowedRedirect")) {
      return EnumSet.of(
          Problem.PREFLIGHT_ALLOW_ORIGIN_MISSING, Problem.PREFLIGHT_ALLOW_ORIGIN_MISMATCH);
    }
    if (browser == Engine.FIREFOX && corsError.equals("PreflightInvalidStatus")) {
      return EnumSet.of(Problem.PREFLIGHT_REDIRECT);
    }
    if (browser == Engine.FIREFOX && corsError.equals("InvalidAllowHeadersPreflightResponse")) {
      return EnumSet.of(Problem.METHOD_NOT_ALLOWED);
    }
    return EnumSet.noneOf(Problem.class);
  }

  private static @Nullable Problem beside(String line) {
    return BESIDE.entrySet().stream()
        .filter(entry -> line.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private void require(
      boolean condition, RecordedConsole.Step step, String line, List<Explanation> found) {
    if (!condition) {
      wrong.add(step.id() + " " + step.corsError() + ": " + line + "\n   => " + found);
    }
  }

  @SuppressWarnings("SystemOut") // The figures are what the test is run for.
  private static void print(String text) {
    System.out.println(text);
  }
}
