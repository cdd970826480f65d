package dev.corsac.finding;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One problem of a policy: the rule it breaks, where, why, and what to write instead.
 *
 * <pre>{@code
 * for (Finding finding : policy.findings()) {
 *   log.warn(finding.toString());    // allow_origins[2]: "http://example.com" is not https: … Fix: … [insecure-origin]
 * }
 * }</pre>
 *
 * <p>Keys are spelled as in {@code corsac.yaml}, unless {@link #in} says otherwise. Immutable and
 * thread-safe.
 */
public final class Finding {
  private final Rule rule;
  private final SettingPath path;
  private final @Nullable String subject;
  private final Wording message;
  private final Wording fix;
  private final Spelling spelling;

  private Finding(
      Rule rule,
      SettingPath path,
      @Nullable String subject,
      Wording message,
      Wording fix,
      Spelling spelling) {
    this.rule = Objects.requireNonNull(rule, "rule");
    this.path = Objects.requireNonNull(path, "path");
    this.subject = subject;
    this.message = Objects.requireNonNull(message, "message");
    this.fix = Objects.requireNonNull(fix, "fix");
    this.spelling = Objects.requireNonNull(spelling, "spelling");
  }

  /** See {@link #of(Rule, SettingPath, Wording, Wording)}; for sentences that name no key. */
  public static Finding of(Rule rule, SettingPath path, String message, String fix) {
    return of(rule, path, Wording.of(message), Wording.of(fix));
  }

  /**
   * Makes a finding.
   *
   * @param path where it is, in a policy or in all that is configured
   * @param message what is wrong, naming the value; fit to print
   * @param fix what to write instead
   */
  public static Finding of(Rule rule, SettingPath path, Wording message, Wording fix) {
    return new Finding(rule, path, null, message, fix, Spelling.FILE);
  }

  /** The rule that is broken. */
  public Rule rule() {
    return rule;
  }

  /** The severity of the rule. */
  public Severity severity() {
    return rule.severity();
  }

  /** The place in the policy, or in all that is configured. */
  public SettingPath path() {
    return path;
  }

  /** The {@link #path}, spelled, such as {@code allow_origins[2]} or {@code max_age}. */
  public String where() {
    return path.in(spelling);
  }

  /**
   * The value that the finding is about, as it was written and not escaped, or the key of a {@link
   * dev.corsac.Risk}; empty if it is about something that is missing, or secret.
   */
  public Optional<String> subject() {
    return Optional.ofNullable(subject);
  }

  /** What is wrong, naming the value, spelled. */
  public String message() {
    return message.in(spelling);
  }

  /** What to write instead, spelled. */
  public String fix() {
    return fix.in(spelling);
  }

  /** The same finding about a value; see {@link #subject}. */
  public Finding about(String value) {
    return new Finding(rule, path, value, message, fix, spelling);
  }

  /** The same finding at another place. */
  public Finding at(SettingPath place) {
    return new Finding(rule, place, subject, message, fix, spelling);
  }

  /** The same finding with words before its message. */
  public Finding introducedBy(String words) {
    return new Finding(rule, path, subject, Wording.of(words).then(message), fix, spelling);
  }

  /** The same finding in the words of another kind of configuration. */
  public Finding in(Spelling other) {
    return new Finding(rule, path, subject, message, fix, other);
  }

  /** Two findings are equal if they say the same of the same place. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Finding finding
        && rule.equals(finding.rule)
        && path.equals(finding.path)
        && toString().equals(finding.toString())
        && Objects.equals(subject, finding.subject);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rule, path, message());
  }

  /** One line: the place, the message, the fix and the rule's id. */
  @Override
  public String toString() {
    return where() + ": " + message() + " Fix: " + fix() + " [" + rule.id() + "]";
  }
}
