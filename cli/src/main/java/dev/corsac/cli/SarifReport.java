package dev.corsac.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corsac.Rule;
import dev.corsac.Severity;
import dev.corsac.config.FileFinding;
import java.nio.file.Path;
import java.util.List;

/**
 * Findings as a SARIF log, which code hosts show beside the lines.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
final class SarifReport {
  private SarifReport() {}

  static String of(List<FileFinding> findings) {
    ObjectNode log = JsonNodeFactory.instance.objectNode();
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    log.put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "corsac lint");
    ArrayNode rules = driver.putArray("rules");
    for (Rule rule : Rule.values()) {
      addRule(rules.addObject(), rule);
    }
    run.put("columnKind", "unicodeCodePoints");
    ArrayNode results = run.putArray("results");
    for (FileFinding finding : findings) {
      addResult(results.addObject(), finding);
    }
    return log.toPrettyString();
  }

  private static void addRule(ObjectNode target, Rule rule) {
    target.put("id", rule.id());
    target.putObject("shortDescription").put("text", rule.summary() + ".");
    String page = page(rule);
    target
        .putObject("help")
        .put("text", rule.summary() + ". See " + page + ".")
        .put("markdown", rule.summary() + ". See `" + page + "`.");
    target.putObject("defaultConfiguration").put("level", level(rule.severity()));
  }

  private static void addResult(ObjectNode target, FileFinding finding) {
    Rule rule = finding.finding().rule();
    target.put("ruleId", rule.id());
    target.put("ruleIndex", List.of(Rule.values()).indexOf(rule));
    target.put("level", level(finding.severity()));
    target
        .putObject("message")
        .put("text", finding.finding().message() + " Fix: " + finding.finding().fix());
    ObjectNode place = target.putArray("locations").addObject().putObject("physicalLocation");
    place.putObject("artifactLocation").put("uri", uri(finding.file()));
    ObjectNode region = place.putObject("region");
    region.put("startLine", finding.line()).put("startColumn", finding.column());
    if (finding.endColumn() > finding.column()) {
      region.put("endColumn", finding.endColumn());
    }
  }

  static String page(Rule rule) {
    return "docs/rules/" + rule.id() + ".md";
  }

  private static String level(Severity severity) {
    return severity == Severity.ERROR ? "error" : "warning";
  }

  /** A relative path stays one, so that a code host finds the file in its checkout. */
  private static String uri(String file) {
    Path path = Path.of(file).normalize();
    if (path.isAbsolute()) {
      return path.toUri().toString();
    }
    String absolute = Path.of("/").resolve(path).toUri().getRawPath();
    return absolute.substring(1);
  }
}
