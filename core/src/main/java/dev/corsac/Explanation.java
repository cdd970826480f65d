package dev.corsac;

import org.jspecify.annotations.Nullable;

/** Words for a decision. */
final class Explanation {
  private Explanation() {}

  static String of(Reason reason, @Nullable CorsPolicy policy, CorsRequest request) {
    return reason.id();
  }
}
