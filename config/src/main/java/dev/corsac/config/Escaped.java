package dev.corsac.config;

/** Makes foreign text fit to print on a terminal and in a log. */
final class Escaped {
  private static final int MAX_LENGTH = 128;

  /** Longer than any origin, method or header name; a value of megabytes is not repeated. */
  private static final int MOST_TO_COPY = 400;

  private Escaped() {}

  /** In double quotes, cut to 128 characters, everything but printable ASCII escaped. */
  static String quote(String text) {
    int length = Math.min(text.length(), MAX_LENGTH);
    StringBuilder quoted = new StringBuilder(length + 8).append('"');
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted.append('\\');
      }
      append(quoted, c);
    }
    return quoted.append(text.length() > length ? "...\"" : "\"").toString();
  }

  /**
   * In double quotes, whole, as YAML reads it: for what a reader is to copy. As {@link #quote} if
   * it is longer than anything that one would.
   */
  static String literal(String text) {
    if (text.length() > MOST_TO_COPY) {
      return quote(text);
    }
    return '"' + printable(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
  }

  /** Whole, everything but printable ASCII escaped. */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      append(printable, text.charAt(i));
    }
    return printable.toString();
  }

  private static void append(StringBuilder target, char c) {
    if (c >= ' ' && c < 0x7f) {
      target.append(c);
    } else {
      target.append(String.format("\\u%04x", (int) c));
    }
  }
}
