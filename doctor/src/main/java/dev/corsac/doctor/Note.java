package dev.corsac.doctor;

import java.util.Objects;

/**
 * Something about an exchange that is worth saying.
 *
 * <p>Immutable and thread-safe.
 *
 * @param problem what it is
 * @param says what it is in this case, in a sentence; may hold what the server sent, as it sent it:
 *     make control characters visible before you print it
 */
public record Note(Problem problem, String says) {
  /** Makes a note. */
  public Note {
    Objects.requireNonNull(problem, "problem");
    Objects.requireNonNull(says, "says");
  }
}
