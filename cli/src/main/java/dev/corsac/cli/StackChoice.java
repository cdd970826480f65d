package dev.corsac.cli;

import dev.corsac.doctor.Diagnosis;
import dev.corsac.doctor.problem.Stack;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * For which stack a fix is said, and how that was found.
 *
 * @param stack the stack
 * @param reason empty if it was asked for, or by what it was guessed
 */
record StackChoice(Stack stack, String reason) {
  static Optional<StackChoice> of(@Nullable Stack wanted, Diagnosis diagnosis) {
    return wanted != null
        ? Optional.of(new StackChoice(wanted, ""))
        : diagnosis
            .stack()
            .filter(guess -> !diagnosis.isElsewhere())
            .map(
                guess -> new StackChoice(guess.stack(), " (a guess, by " + guess.evidence() + ")"));
  }

  static String names() {
    return Arrays.stream(Stack.values()).map(Stack::id).collect(Collectors.joining(", "));
  }
}
