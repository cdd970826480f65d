package dev.corsac.text;

/** Makes foreign text fit to print: in a log line, a header, a message. */
public final class Escaped {
  private static final int MAX_LENGTH = 128;

  private Escaped() {}

  /** In double quotes, cut to 128 characters, everything but printable ASCII escaped. */
  public static String quote(String text) {
    return quote(text, MAX_LENGTH);
  }

  /** As {@link #quote} and never cut: for what a reader is to copy, in YAML or Java. */
  public static String literal(String text) {
    return quote(text, text.length());
  }

  /** As {@link #quote} without the quotes, and without a space, so that it stays one word. */
  public static String word(String text) {
    return append(new StringBuilder(), text, '!', MAX_LENGTH).toString();
  }

  private static String quote(String text, int maxLength) {
    return append(new StringBuilder().append('"'), text, ' ', maxLength).append('"').toString();
  }

  private static StringBuilder append(
      StringBuilder escaped, String text, char first, int maxLength) {
    int length = Math.min(text.length(), maxLength);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c >= first && c < 0x7f) {
        escaped.append(c);
      } else {
        escaped.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          escaped.append(Character.forDigit(c >> shift & 0xf, 16));
        }
      }
    }
    return text.length() > length ? escaped.append("...") : escaped;
  }
}
