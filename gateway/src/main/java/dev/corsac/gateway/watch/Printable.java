package dev.corsac.gateway.watch;

/** Makes foreign text fit to print. */
final class Printable {
  static final int LONGEST = 128;

  private Printable() {}

  /** Text without a blank, so that a line can be taken apart again. */
  static String word(String text) {
    return text(text, LONGEST).replace(' ', '?');
  }

  static String text(String text) {
    return text(text, LONGEST);
  }

  /** Printable ASCII, cut to a length and saying so: neither splits a line nor fills it. */
  static String text(String text, int longest) {
    if (text.length() <= longest && isPrintable(text)) {
      return text;
    }
    StringBuilder printable = new StringBuilder(Math.min(text.length(), longest) + 1);
    for (int i = 0; i < text.length() && i < longest; i++) {
      char c = text.charAt(i);
      printable.append(isPrintable(c) ? c : '?');
    }
    return text.length() > longest ? printable.append('…').toString() : printable.toString();
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPrintable(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPrintable(char c) {
    return c >= ' ' && c < 0x7f;
  }
}
