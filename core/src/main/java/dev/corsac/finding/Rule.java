package dev.corsac.finding;

/**
 * What is demanded of a policy or a file: a rule has an id, a severity, a one-line summary and a
 * page in {@code docs/rules}.
 *
 * <p>An {@link Severity#ERROR} stops {@link dev.corsac.CorsPolicy.Builder#build}; a {@link
 * Severity#WARNING} is what {@code corsac lint} prints beside it. Rules are constants: {@link
 * PolicyRule}, and {@code FileRule} of {@code corsac-config}.
 */
public interface Rule {

  /** A name such as {@code origin-default-port}: stable, and its page's name. */
  String id();

  /** How grave it is to break it. */
  Severity severity();

  /** What the rule demands, in one line without a full stop. */
  String summary();
}
