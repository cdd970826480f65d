package dev.corsac.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corsac.doctor.problem.Remedy;
import dev.corsac.doctor.problem.Stack;

/** The fix for a stack, as the member {@code remedy} of an object. */
final class RemedyJson {
  private RemedyJson() {}

  static ObjectNode add(ObjectNode object, Stack stack, Remedy remedy) {
    return object
        .putObject("remedy")
        .put("stack", stack.id())
        .put("says", remedy.says())
        .put("language", remedy.language())
        .put("code", remedy.code());
  }
}
