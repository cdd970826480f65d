package dev.corsac.config.diff;

import java.util.Locale;

/** Which way a difference goes. */
public enum Direction {
  /** What was refused is allowed. */
  NEWLY_PASSES,
  /** What was allowed is refused. */
  NEWLY_BLOCKED,
  /** Neither more nor less is allowed. */
  CHANGED;

  /** The name in a report, such as {@code newly-passes}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
