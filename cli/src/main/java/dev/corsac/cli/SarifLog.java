package dev.corsac.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corsac.cli.text.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A SARIF log of one run: its rules, each of which results name by its place. A rule brings the
 * text of its page along, so that it can be read wherever the log is.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
final class SarifLog {
  private final ObjectNode log = JsonNodeFactory.instance.objectNode();
  private final List<String> ruleIds = new ArrayList<>();
  private final ArrayNode rules;
  private final ArrayNode results;

  SarifLog(String tool) {
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    log.put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", tool);
    rules = driver.putArray("rules");
    run.put("columnKind", "unicodeCodePoints");
    results = run.putArray("results");
  }

  ObjectNode addRule(String id, String summary, Manual manual, String level) {
    ruleIds.add(id);
    ObjectNode rule = rules.addObject();
    rule.put("id", id);
    rule.putObject("shortDescription").put("text", summary + ".");
    String page = manual.page(id);
    rule.putObject("help").put("text", MarkdownText.plain(page)).put("markdown", page);
    rule.putObject("defaultConfiguration").put("level", level);
    return rule;
  }

  /** The result still lacks its location's region and whatever else its tool knows. */
  ObjectNode addResult(String rule, String level, String message, String uri) {
    ObjectNode result = results.addObject();
    result.put("ruleId", rule);
    result.put("ruleIndex", ruleIds.indexOf(rule));
    result.put("level", level);
    result.putObject("message").put("text", message);
    result
        .putArray("locations")
        .addObject()
        .putObject("physicalLocation")
        .putObject("artifactLocation")
        .put("uri", uri);
    return result;
  }

  String text() {
    return Json.text(log);
  }
}
