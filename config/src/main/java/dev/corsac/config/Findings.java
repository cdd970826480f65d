package dev.corsac.config;

import dev.corsac.Finding;
import dev.corsac.Rule;
import dev.corsac.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings with their places: of one reading of a file, or of several joined. */
final class Findings {
  private final Map<Placed, Placed> placed = new LinkedHashMap<>();

  void add(Place place, Rule rule, String message, String fix) {
    add(place, new Finding(rule, rule.id(), message, fix));
  }

  void add(Place place, Finding finding) {
    Placed entry = new Placed(place, finding);
    placed.putIfAbsent(entry, entry);
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
