package dev.corsac.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corsac.doctor.Explanation;
import dev.corsac.doctor.Stack;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Explanations as an array of objects; what a message does not name is null. */
final class ExplanationJson {
  private ExplanationJson() {}

  static String of(List<Explanation> explanations, @Nullable Stack stack) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Explanation each : explanations) {
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
          .put("url", each.url().orElse(null))
          .put("origin", each.origin().orElse(null))
          .put("value", each.value().orElse(null))
          .put("method", each.method().orElse(null))
          .put("header", each.header().orElse(null))
          .put("status", each.status().orElse(null))
          .put("title", each.problem().title())
          .put("says", each.says())
          .put("why", each.problem().why())
          .put("fix", each.problem().fix());
      if (stack != null) {
        each.remedy(stack).ifPresent(remedy -> RemedyJson.add(object, stack, remedy));
      }
      ArrayNode entries = object.putArray("entries");
      each.entries().forEach(entries::add);
    }
    return Json.text(array);
  }
}
