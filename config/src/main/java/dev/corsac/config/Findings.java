package dev.corsac.config;

import dev.corsac.finding.Finding;
import dev.corsac.finding.Rule;
import dev.corsac.finding.Severity;
import dev.corsac.finding.Wording;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings with their places: of one reading of a file, or of several joined. */
final class Findings {
  private final Map<Key, Placed> placed = new LinkedHashMap<>();
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
    add(place, Finding.of(rule, place.path(), message, fix));
  }

  void add(Place place, Rule rule, Wording message, Wording fix) {
    add(place, Finding.of(rule, place.path(), message, fix));
  }

  /** Adds a finding, wherever it was before, at a place. */
  void add(Place place, Finding finding) {
    String written = secrets.get(place);
    Finding here = finding.at(place.path());
    Placed entry = new Placed(place.position(), written == null ? here : concealed(here, written));
    placed.putIfAbsent(entry.key(), entry);
  }

  private static Finding concealed(Finding finding, String written) {
    return finding.rule() == FileRule.MISSING_VARIABLE
        ? finding
        : Finding.of(
            finding.rule(),
            finding.path(),
            "The value that the environment gives for "
                + Escaped.quote(written)
                + " breaks a rule (it is not shown, as it may be a secret): "
                + finding.rule().summary()
                + ".",
            "Change the variable; docs/rules/" + finding.rule().id() + ".md shows what is right.");
  }

  boolean hasErrors() {
    return all().stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }

  /** Adds what another reading found and none before. */
  void addAll(Findings other, ActiveProfile profile) {
    other.placed.forEach(
        (key, found) -> {
          if (!placed.containsKey(key)) {
            placed.put(
                key, new Placed(found.position, profile.naming(found.position, found.finding)));
          }
        });
  }

  /** In the order in which they were found. */
  List<Finding> all() {
    return placed.values().stream().map(Placed::finding).toList();
  }

  /** By line and column. */
  List<FileFinding> in(String file) {
    return placed.values().stream()
        .map(each -> each.in(file))
        .sorted(Comparator.comparingInt(FileFinding::line).thenComparing(FileFinding::column))
        .toList();
  }

  private record Placed(Position position, Finding finding) {
    FileFinding in(String file) {
      return new FileFinding(
          file, position.line(), position.column(), position.endColumn(), finding);
    }

    Key key() {
      return new Key(
          position.equals(Position.NONE) ? finding.path() : position,
          finding.rule(),
          finding.message(),
          finding.fix());
    }
  }

  /**
   * What makes two findings one. The same words of a file can be below several paths: by an alias,
   * or with a profile.
   */
  private record Key(Object place, Rule rule, String message, String fix) {}
}
