package dev.corsac.config;

/** Where something stands in a file: line and columns from 1, the end exclusive. */
record Position(int line, int column, int endColumn) {
  static final Position START = new Position(1, 1, 1);

  /** Of what stands in no file. */
  static final Position NONE = new Position(0, 0, 0);

  /** The position of the character with an index; lines are those of YAML. */
  static Position of(CharSequence text, int index) {
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
    return new Position(line, column, column);
  }

  /** The line of a text in which it is, empty if there is none. */
  String lineIn(String text) {
    return text.lines().skip(line - 1L).findFirst().orElse("");
  }
}
