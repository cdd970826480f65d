package dev.corsac;

/**
 * One problem of a policy: the rule it breaks, where, why, and what to write instead.
 *
 * @param rule the rule
 * @param where the place in the policy, such as {@code allow_origins[2]} or {@code max_age}
 * @param message what is wrong, naming the value
 * @param fix what to write instead
 */
public record Finding(Rule rule, String where, String message, String fix) {

  /** The severity of the rule. */
  public Severity severity() {
    return rule.severity();
  }

  @Override
  public String toString() {
    return where + ": " + message + " Fix: " + fix + " [" + rule.id() + "]";
  }
}
