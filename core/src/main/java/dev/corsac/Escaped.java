package dev.corsac;

/** Makes foreign text fit to print: in a log line, a header, a message. */
final class Escaped {
  private static final int MAX_LENGTH = 128;

  private Escaped() {}

  /** In double quotes, cut to 128 characters, everything but printable ASCII escaped. */
  static String quote(String text) {
    int length = Math.min(text.length(), MAX_LENGTH);
    StringBuilder quoted = new StringBuilder(length + 8).append('"');
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        quoted.append(c);
      } else {
        quoted.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          quoted.append(Character.forDigit(c >> shift & 0xf, 16));
        }
      }
    }
    return quoted.append(text.length() > length ? "...\"" : "\"").toString();
  }
}
