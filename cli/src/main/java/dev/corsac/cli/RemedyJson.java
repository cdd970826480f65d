package dev.corsac.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corsac.doctor.problem.Remedy;
import dev.corsac.doctor.problem.Stack;
import org.jspecify.annotations.Nullable;

/**
 * The fix for a stack, as a member of a report.
 *
 * @param guessed whether the stack was guessed; null, and left out, where none ever is
 */
record RemedyJson(
    String stack,
    String says,
    String language,
    String code,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean guessed) {

  static RemedyJson of(Stack stack, Remedy remedy, @Nullable Boolean guessed) {
    return new RemedyJson(stack.id(), remedy.says(), remedy.language(), remedy.code(), guessed);
  }
}
