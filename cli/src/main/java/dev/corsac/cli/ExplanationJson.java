package dev.corsac.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corsac.doctor.explain.Explanation;
import dev.corsac.doctor.har.HarFinding;
import dev.corsac.doctor.problem.Stack;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Explanations as an array of objects; what a message does not name is null. */
final class ExplanationJson {
  private ExplanationJson() {}

  static String of(List<Explanation> explanations, @Nullable Stack stack) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    explanations.forEach(each -> add(array, each, List.of(), stack));
    return Json.text(array);
  }

  static String ofHar(List<HarFinding> findings, @Nullable Stack stack) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    findings.forEach(each -> add(array, each.explanation(), each.entries(), stack));
    return Json.text(array);
  }

  private static void add(
      ArrayNode array, Explanation each, List<Integer> entries, @Nullable Stack stack) {
    ObjectNode object =
        array
            .addObject()
            .put(
                "browser",
                each.browser().map(name -> name.name().toLowerCase(Locale.ROOT)).orElse(null))
            .put("problem", each.problem().id());
    ArrayNode candidates = object.putArray("candidates");
    each.candidates().forEach(candidate -> candidates.add(candidate.id()));
    object
        .put("cors", each.isCors())
        .put("url", each.facts().url().orElse(null))
        .put("origin", each.facts().origin().orElse(null))
        .put("value", each.facts().value().orElse(null))
        .put("method", each.facts().method().orElse(null))
        .put("header", each.facts().header().orElse(null))
        .put("status", each.facts().status().orElse(null))
        .put("title", each.problem().title())
        .put("says", each.says())
        .put("why", each.problem().why())
        .put("fix", each.problem().fix());
    if (stack != null) {
      each.remedy(stack).ifPresent(remedy -> RemedyJson.add(object, stack, remedy));
    }
    ArrayNode places = object.putArray("entries");
    entries.forEach(places::add);
  }
}
