package dev.corsac;

import java.util.List;

/**
 * The header section of a response that a {@link Decision} is written to: the four operations an
 * adapter provides.
 *
 * <p>Names are compared without regard to case.
 */
public interface CorsResponse {

  /** Every line of a header field set so far; empty if there is none, never null. */
  List<String> headers(String name);

  /** Replaces all lines of a header field by one. */
  void setHeader(String name, String value);

  /** Adds a line, keeping those there are. */
  void addHeader(String name, String value);

  /** Removes all lines of a header field; does nothing if there is none. */
  void removeHeader(String name);

  /**
   * Whether a decision may write or remove a header field: {@code Vary}, {@code Corsac-Decision}
   * and all that begins with {@code Access-Control-}, in any case. To a response that has none of
   * them, {@link Decision#addTo} writes the headers.
   */
  static boolean isWritten(CharSequence name) {
    return CorsHeaders.isOwned(name);
  }
}
