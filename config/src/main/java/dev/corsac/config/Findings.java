package dev.corsac.config;

import dev.corsac.Finding;
import dev.corsac.Rule;
import dev.corsac.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings with their places: of one reading of a file, or of several joined. */
final class Findings {
  private final Map<Placed, Placed> placed = new LinkedHashMap<>();
  private final Map<Place, String> secrets = new HashMap<>();

  /**
   * From here on no finding at a place tells the value there, which the environment gave: it may be
   * a password, and findings go to logs.
   *
   * @param written what the file has instead of the value, such as <code>${NAME}</code>
   */
  void conceal(Place place, String written) {
    secrets.put(place, written);
  }

  void add(Place place, Rule rule, String message, String fix) {
    add(place, new Finding(rule, rule.id(), message, fix));
  }

  void add(Place place, Finding finding) {
    String written = secrets.get(place);
    Placed entry = new Placed(place, written == null ? finding : concealed(finding, written));
    placed.putIfAbsent(entry, entry);
  }

  private static Finding concealed(Finding finding, String written) {
    return finding.rule() == Rule.MISSING_VARIABLE
        ? finding
        : new Finding(
            finding.rule(),
            finding.where(),
            "The value that the environment gives for "
                + Text.quote(written)
                + " breaks a rule (it is not shown, as it may be a secret): "
                + finding.rule().summary()
                + ".",
            "Change the variable; docs/rules/" + finding.rule().id() + ".md shows what is right.");
  }

  boolean hasErrors() {
    return placed.values().stream().anyMatch(entry -> entry.finding.severity() == Severity.ERROR);
  }

  /** Adds what another reading found and none before. */
  void addAll(Findings other, Profiles.Reading reading) {
    for (Placed entry : other.placed.values()) {
      if (!placed.containsKey(entry)) {
        placed.put(entry, new Placed(entry.place, reading.told(entry.place, entry.finding)));
      }
    }
  }

  /** By line and column. */
  List<FileFinding> in(String file) {
    List<FileFinding> sorted = new ArrayList<>();
    for (Placed entry : placed.values()) {
      Place place = entry.place;
      sorted.add(
          new FileFinding(file, place.line(), place.column(), place.endColumn(), entry.finding));
    }
    sorted.sort(Comparator.comparingInt(FileFinding::line).thenComparing(FileFinding::column));
    return sorted;
  }

  private record Placed(Place place, Finding finding) {}
}
