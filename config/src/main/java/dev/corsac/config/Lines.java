package dev.corsac.config;

/** The lines of a text, as YAML counts them. */
final class Lines {
  private Lines() {}

  /** The place of the character with an index. */
  static Place placeOf(CharSequence text, int index) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < Math.min(index, text.length()); i++) {
      char c = text.charAt(i);
      boolean lineBreak =
          c == '\n' || (c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'));
      if (lineBreak) {
        line++;
        column = 1;
      } else if (!Character.isLowSurrogate(c)) {
        column++;
      }
    }
    return new Place(line, column, column);
  }

  /** A line by its number from 1, empty if there is none. */
  static String of(String text, int line) {
    return text.lines().skip(line - 1L).findFirst().orElse("");
  }
}
