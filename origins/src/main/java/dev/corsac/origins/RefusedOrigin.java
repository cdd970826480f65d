package dev.corsac.origins;

import dev.corsac.finding.Finding;

/**
 * An origin that was left out.
 *
 * @param where its line in a file, such as {@code line 3}; empty where there are no lines
 * @param finding what is wrong with it
 */
public record RefusedOrigin(String where, Finding finding) {

  /** Such as {@code line 3: "https://EXAMPLE.com" has … Fix: … [origin-upper-case]}. */
  @Override
  public String toString() {
    return (where.isEmpty() ? "" : where + ": ")
        + finding.message()
        + " Fix: "
        + finding.fix()
        + " ["
        + finding.rule().id()
        + "]";
  }
}
