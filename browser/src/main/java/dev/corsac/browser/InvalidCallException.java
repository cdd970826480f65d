package dev.corsac.browser;

/** The page's call fails before there is a request: a constructor or a setter throws. */
final class InvalidCallException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String name;

  /** Makes one with the name of the JavaScript error and what rule was broken. */
  InvalidCallException(String name, String message) {
    super(message, null, false, false);
    this.name = name;
  }

  String name() {
    return name;
  }
}
