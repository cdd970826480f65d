package dev.corsac.gateway.explain;

/** What is asked about cannot be a request; the message says why, and what to write. */
public final class InvalidQuestionException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong, and what to write. */
  public InvalidQuestionException(String message) {
    super(message);
  }

  /** What is wrong. */
  public String problem() {
    return String.valueOf(getMessage());
  }
}
