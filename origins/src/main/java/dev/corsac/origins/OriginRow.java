package dev.corsac.origins;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An origin that someone registered, or a pattern of origins. Immutable.
 *
 * @param pattern as it stands in {@code allow_origins}
 * @param owner who asked for it; may be empty
 * @param note what it is for; may be empty
 * @param created when it was registered; empty before that
 * @param expires from when on it is no longer allowed; empty for never
 */
public record OriginRow(
    String pattern,
    String owner,
    String note,
    Optional<Instant> created,
    Optional<Instant> expires) {
  static final int LONGEST_OWNER = 200;
  static final int LONGEST_NOTE = 1000;

  /** Checks that the texts fit into a database. */
  public OriginRow {
    Objects.requireNonNull(pattern, "pattern");
    if (owner.length() > LONGEST_OWNER || note.length() > LONGEST_NOTE) {
      throw new IllegalArgumentException(
          "An owner has at most "
              + LONGEST_OWNER
              + " characters, and a note "
              + LONGEST_NOTE
              + ".");
    }
  }

  /** A row with a pattern alone. */
  public static OriginRow of(String pattern) {
    return new OriginRow(pattern, "", "", Optional.empty(), Optional.empty());
  }
}
