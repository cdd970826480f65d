package dev.corsac.config.watch;

/** How the lines of the log are written. */
public enum LogFormat {
  /** For people: time, level, what happened. */
  TEXT,
  /** For machines: one JSON object a line (RFC 8259). */
  JSON
}
