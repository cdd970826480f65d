package dev.corsac.gateway.http;

/**
 * A request or a response that is not HTTP, or that recipients could read in two ways. Its message
 * says what is wrong and holds nothing of what was sent.
 */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedMessageException(String problem) {
    super(problem, null, false, false);
  }

  public String problem() {
    return String.valueOf(getMessage());
  }
}
