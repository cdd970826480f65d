package dev.corsac.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.FileFinding;
import dev.corsac.finding.Rule;
import dev.corsac.finding.Severity;
import java.nio.file.Path;
import java.util.List;

/** Findings as a {@link SarifLog}, which code hosts show beside the lines. */
final class LintSarif {
  private LintSarif() {}

  static String of(List<FileFinding> findings) {
    SarifLog log = new SarifLog("corsac lint");
    for (Rule rule : ConfigLoader.rules()) {
      log.addRule(rule.id(), rule.summary(), Manual.RULE, level(rule.severity()));
    }
    for (FileFinding finding : findings) {
      ObjectNode result =
          log.addResult(
              finding.finding().rule().id(),
              level(finding.severity()),
              finding.finding().message() + " Fix: " + finding.finding().fix(),
              uri(finding.file()));
      ObjectNode place = (ObjectNode) result.at("/locations/0/physicalLocation");
      ObjectNode region = place.putObject("region");
      region.put("startLine", finding.line()).put("startColumn", finding.column());
      if (finding.endColumn() > finding.column()) {
        region.put("endColumn", finding.endColumn());
      }
    }
    return log.text();
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
