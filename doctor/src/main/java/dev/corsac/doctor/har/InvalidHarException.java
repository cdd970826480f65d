package dev.corsac.doctor.har;

import java.io.IOException;

/**
 * Thrown if a file is not a HAR, or is larger than what is read; the message says where and why.
 */
public final class InvalidHarException extends IOException {
  private static final long serialVersionUID = 1L;

  InvalidHarException(String message) {
    super(message);
  }
}
