package dev.corsac.doctor.problem;

import java.util.Objects;

/**
 * The fix of a problem on one stack.
 *
 * <p>Immutable and thread-safe.
 *
 * @param says a note on the fix, in a line of Markdown
 * @param language the language of the code, as Markdown fences name it: {@code java}, {@code nginx}
 * @param code what to copy, without a final line break; printable ASCII, whatever the case at hand
 */
public record Remedy(String says, String language, String code) {
  /** Makes a remedy. */
  public Remedy {
    Objects.requireNonNull(says, "says");
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(code, "code");
  }

  /** Both, as Markdown. */
  public String markdown() {
    return says + "\n\n```" + language + "\n" + code + "\n```\n";
  }
}
