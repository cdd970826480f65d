package dev.corsac.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corsac.cli.text.Json;
import dev.corsac.doctor.explain.Explanation;
import dev.corsac.doctor.har.HarFinding;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.Stack;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An explanation for machines; a report is an array of them. What is not named is null. */
record ExplainJson(
    @Nullable String browser,
    String problem,
    List<String> candidates,
    boolean cors,
    @Nullable String url,
    @Nullable String origin,
    @Nullable String value,
    @Nullable String method,
    @Nullable String header,
    @Nullable String status,
    String title,
    String says,
    String why,
    String fix,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RemedyJson remedy,
    List<Integer> entries) {

  static String of(List<Explanation> explanations, @Nullable Stack stack) {
    return Json.text(explanations.stream().map(each -> of(each, List.of(), stack)).toList());
  }

  static String ofHar(List<HarFinding> findings, @Nullable Stack stack) {
    return Json.text(
        findings.stream().map(each -> of(each.explanation(), each.entries(), stack)).toList());
  }

  private static ExplainJson of(Explanation each, List<Integer> entries, @Nullable Stack stack) {
    return new ExplainJson(
        each.browser().map(name -> name.name().toLowerCase(Locale.ROOT)).orElse(null),
        each.problem().id(),
        each.candidates().stream().map(Problem::id).toList(),
        each.isCors(),
        each.facts().url().orElse(null),
        each.facts().origin().orElse(null),
        each.facts().value().orElse(null),
        each.facts().method().orElse(null),
        each.facts().header().orElse(null),
        each.facts().status().orElse(null),
        each.problem().title(),
        each.says(),
        each.problem().why(),
        each.problemCase().fix(),
        stack == null
            ? null
            : each.remedy(stack).map(fix -> RemedyJson.of(stack, fix, null)).orElse(null),
        entries);
  }
}
