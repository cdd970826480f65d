package dev.corsac.gateway.http;

/** Tokens, of which methods and field names are made (RFC 9110 section 5.6.2). */
public final class Token {
  private static final boolean[] CHARACTERS = new boolean[128];

  static {
    for (char c = '!'; c < 0x7f; c++) {
      CHARACTERS[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }
  }

  private Token() {}

  public static boolean is(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128 || !CHARACTERS[text.charAt(i)]) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Whether a list of tokens, in one field line or several, has one of them, in any case. */
  public static boolean isListed(Iterable<String> lines, String token) {
    for (String line : lines) {
      for (String listed : line.split(",", -1)) {
        if (listed.strip().equalsIgnoreCase(token)) {
          return true;
        }
      }
    }
    return false;
  }
}
