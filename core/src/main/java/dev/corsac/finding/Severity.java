package dev.corsac.finding;

/** How grave a finding is. */
public enum Severity {
  /** The policy cannot be built: it would be dangerous, or part of it could never take effect. */
  ERROR,
  /** The policy works, but probably not as meant, or it is wider than it needs to be. */
  WARNING
}
