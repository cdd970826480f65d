package dev.corsac.text;

/** The token of RFC 9110 section 5.6.2: what methods and header names are made of. */
public final class Token {
  private static final boolean[] CHARACTERS = new boolean[128];

  static {
    for (char c = '!'; c < 0x7f; c++) {
      CHARACTERS[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }
  }

  private Token() {}

  public static boolean isCharacter(char c) {
    return c < 128 && CHARACTERS[c];
  }

  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isCharacter(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
