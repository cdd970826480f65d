package dev.corsac.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.corsac.config.FileFinding;
import java.util.List;
import java.util.Locale;

/** Findings as an array of objects. */
final class JsonReport {
  private JsonReport() {}

  static String of(List<FileFinding> findings) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (FileFinding each : findings) {
      array
          .addObject()
          .put("file", each.file())
          .put("line", each.line())
          .put("column", each.column())
          .put("rule", each.finding().rule().id())
          .put("severity", each.severity().name().toLowerCase(Locale.ROOT))
          .put("message", each.finding().message())
          .put("fix", each.finding().fix());
    }
    return Json.text(array);
  }
}
