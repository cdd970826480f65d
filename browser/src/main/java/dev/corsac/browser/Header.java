package dev.corsac.browser;

import java.util.Objects;

/**
 * One header line: a name and a value, in Latin-1 (one character per byte).
 *
 * <p>Nothing is checked: a server may send anything, and the model must see it as it came.
 * Immutable and thread-safe. https://fetch.spec.whatwg.org/#concept-header.
 *
 * @param name the name, as written
 * @param value the value, without surrounding white space
 */
public record Header(String name, String value) {
  /** Makes a header. */
  public Header {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }

  /**
   * Whether only the browser may set it in a request
   * (https://fetch.spec.whatwg.org/#forbidden-request-header).
   */
  public boolean isForbiddenRequestHeader() {
    return RequestHeaders.isForbidden(name, value);
  }

  @Override
  public String toString() {
    return name + ": " + value;
  }
}
