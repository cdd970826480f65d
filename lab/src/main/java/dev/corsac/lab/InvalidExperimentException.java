package dev.corsac.lab;

/** An experiment that cannot be made; the message says what is wrong and what to write. */
final class InvalidExperimentException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidExperimentException(String message) {
    super(message);
  }
}
