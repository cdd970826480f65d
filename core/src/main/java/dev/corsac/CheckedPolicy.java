package dev.corsac;

import dev.corsac.finding.Finding;
import dev.corsac.finding.Severity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a check of a policy gives: all its findings, and the policy itself unless one of them is an
 * error. Immutable and thread-safe.
 *
 * @see CorsPolicy.Builder#check
 */
public final class CheckedPolicy {
  private final List<Finding> findings;
  private final @Nullable CorsPolicy policy;

  CheckedPolicy(List<Finding> findings, @Nullable CorsPolicy policy) {
    this.findings = findings;
    this.policy = policy;
  }

  /** Everything that is wrong or unwise, errors and warnings, in the order of the policy. */
  public List<Finding> findings() {
    return findings;
  }

  /** What a policy with errors is refused with. */
  InvalidPolicyException refusal() {
    return new InvalidPolicyException(
        findings.stream().filter(each -> each.severity() == Severity.ERROR).toList());
  }

  /** The policy; empty if one of the findings is an error. */
  public Optional<CorsPolicy> policy() {
    return Optional.ofNullable(policy);
  }
}
