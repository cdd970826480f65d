package dev.corsac.contract;

import java.util.List;

/**
 * What the application answers, and how.
 *
 * @param status the status code
 * @param headers the header lines, in order; those with the same name are several lines
 * @param body the body; empty for HEAD and for a status without a body
 * @param manner how it is handed to the stack
 */
public record Reply(int status, List<Header> headers, String body, Manner manner) {

  /** A header line. */
  public record Header(String name, String value) {}

  /** The value of the first header line with a name. */
  String header(String name) {
    for (Header header : headers) {
      if (header.name().equals(name)) {
        return header.value();
      }
    }
    throw new IllegalArgumentException(name);
  }
}
