package dev.corsac.cli;

import dev.corsac.finding.Finding;
import dev.corsac.origins.OriginRow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What {@code corsac origins} tells machines. */
final class OriginsJson {
  private OriginsJson() {}

  /** A row for machines. */
  record Row(
      String origin,
      String owner,
      String note,
      String created,
      String expires,
      List<Found> findings) {
    static Row of(OriginRow row, List<Finding> findings) {
      return new Row(
          row.pattern(),
          row.owner(),
          row.note(),
          row.created().map(Instant::toString).orElse(""),
          row.expires().map(Instant::toString).orElse(""),
          findings.stream().map(each -> Found.of("", each)).toList());
    }
  }

  /** A row that can be imported. */
  record Exported(String origin, String owner, String note, String expires) {
    static Exported of(OriginRow row) {
      return new Exported(
          row.pattern(), row.owner(), row.note(), row.expires().map(Instant::toString).orElse(""));
    }
  }

  /** What is wrong with an origin, for machines. */
  record Found(String where, String rule, String severity, String message, String fix) {
    static Found of(String where, Finding finding) {
      return new Found(
          where,
          finding.rule().id(),
          finding.severity().name().toLowerCase(Locale.ROOT),
          finding.message(),
          finding.fix());
    }
  }

  /** What became of origins on their way in. */
  record Imported(int added, List<Found> findings) {}

  /** What became of origins on their way out. */
  record Removed(List<String> removed, List<String> missing) {}
}
