package dev.corsac.cli.text;

/** Makes the text of a file fit for a terminal, which obeys control characters. */
public final class Printable {
  private Printable() {}

  /**
   * The text with a visible sign for each control character, and for each that hides others or
   * turns the direction of reading.
   */
  public static String text(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints().forEach(c -> printable.appendCodePoint(isPrintable(c) ? c : sign(c)));
    return printable.toString();
  }

  private static boolean isPrintable(int c) {
    return c == '\n'
        || switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }

  /** One character for one, so that a caret below still points at what it means. */
  private static int sign(int c) {
    return c == '\t' ? ' ' : c < ' ' ? 0x2400 + c : 0xfffd;
  }
}
