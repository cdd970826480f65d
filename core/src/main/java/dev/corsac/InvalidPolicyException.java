package dev.corsac;

import dev.corsac.finding.Finding;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a policy is built that has errors; carries every one of them, so they can be mended
 * in one go.
 */
public final class InvalidPolicyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable List<Finding> findings;

  /**
   * For policies that are read from somewhere and have errors there.
   *
   * @param errors what is wrong, at least one, in the order of the policy
   */
  public InvalidPolicyException(List<Finding> errors) {
    super(
        errors.stream()
            .map(finding -> "\n  " + finding)
            .collect(
                Collectors.joining(
                    "",
                    errors.size() == 1
                        ? "The CORS policy has an error:"
                        : "The CORS policy has " + errors.size() + " errors:",
                    "")));
    this.findings = List.copyOf(errors);
  }

  /**
   * The errors, in the order of the policy. Never empty, but for a copy that Java's serialisation
   * made: that one has the message, which says all of them.
   */
  public List<Finding> findings() {
    return findings == null ? List.of() : findings;
  }
}
