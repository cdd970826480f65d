package dev.corsac.doctor;

import dev.corsac.browser.Block;
import dev.corsac.browser.Cause;
import dev.corsac.browser.Outcome;
import java.util.Locale;

/** Makes a problem of what the browser's model says: the cause, and what the transcript adds. */
final class Refinement {
  private Refinement() {}

  static Problem of(Outcome.Blocked blocked) {
    Block block = blocked.block();
    if (block.cause() == Cause.ALLOW_ORIGIN_MISMATCH
        && block.origin().equals("null")
        && !block.pageOrigin().equals("null")) {
      return Problem.REDIRECT_NULL_ORIGIN;
    }
    return switch (block.cause()) {
      case ALLOW_ORIGIN_MISSING ->
          block.status() >= 400
              ? Problem.ERROR_WITHOUT_HEADERS
              : block.status() >= 300
                  ? Problem.REDIRECT_WITHOUT_HEADERS
                  : Problem.ALLOW_ORIGIN_MISSING;
      case PREFLIGHT_ALLOW_ORIGIN_MISSING ->
          block.status() >= 300
              ? Particulars.ofPreflightStatus(block.status())
              : Problem.PREFLIGHT_ALLOW_ORIGIN_MISSING;
      case PREFLIGHT_STATUS -> Particulars.ofPreflightStatus(block.status());
      case ALLOW_ORIGIN_MULTIPLE -> Particulars.ofList(block.parameter());
      case PREFLIGHT_ALLOW_ORIGIN_MULTIPLE ->
          Particulars.ofPreflight(Particulars.ofList(block.parameter()));
      case METHOD_NOT_ALLOWED ->
          block.parameter().equals(block.parameter().toUpperCase(Locale.ROOT))
              ? Problem.METHOD_NOT_ALLOWED
              : Problem.METHOD_CASE;
      default -> ofCause(block.cause());
    };
  }

  private static Problem ofCause(Cause cause) {
    return switch (cause) {
      case REDIRECT_COUNT -> Problem.REDIRECT_LOOP;
      case REDIRECT_CREDENTIALS_ANYWHERE -> Problem.REDIRECT_CREDENTIALS;
      default -> Problem.valueOf(cause.name());
    };
  }
}
