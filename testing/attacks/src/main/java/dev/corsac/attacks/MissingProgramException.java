package dev.corsac.attacks;

/** A program that a run needs is not on this computer. */
final class MissingProgramException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingProgramException(String message) {
    super(message);
  }
}
