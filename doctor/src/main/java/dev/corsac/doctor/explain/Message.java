package dev.corsac.doctor.explain;

import dev.corsac.browser.Engine;
import dev.corsac.doctor.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * An entry of {@code messages.yaml}: something a browser writes, and what it can mean.
 *
 * @param browser who writes it, empty if several do
 * @param part what of a whole line it is
 * @param text the words
 * @param problems what it can mean, the likeliest first; none for a closing
 * @param key Firefox's own name of the line, empty for others
 * @param reason the key of the reason that the problem has, empty if none
 * @param vague whether another line about the same request says more
 * @param era since when or until when it is written, empty if browsers write it today
 * @param example a line as people paste it, empty for a closing
 */
record Message(
    Optional<Engine> browser,
    Part part,
    Template text,
    List<Problem> problems,
    String key,
    String reason,
    boolean vague,
    String era,
    String example) {
  /** What of a whole line a message is. */
  enum Part {
    /** Stands before the reason and names the URL. */
    OPENING,
    /** Says that the reason is about the preflight's response. */
    PREFLIGHT,
    /** Says what failed. */
    REASON,
    /** Stands after the reason and names more. */
    CLOSING
  }
}
