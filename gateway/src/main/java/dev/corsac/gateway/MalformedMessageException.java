package dev.corsac.gateway;

/**
 * A request or a response that is not HTTP, or that recipients could read in two ways. Its message
 * says what is wrong and holds nothing of what was sent.
 */
final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedMessageException(String problem) {
    super(problem, null, false, false);
  }

  String problem() {
    return String.valueOf(getMessage());
  }
}
