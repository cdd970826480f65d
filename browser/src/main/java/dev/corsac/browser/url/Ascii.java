package dev.corsac.browser.url;

/** Strings as the Infra standard treats them (https://infra.spec.whatwg.org/#strings). */
public final class Ascii {
  private Ascii() {}

  /** The text without the characters of a set at its start and its end. */
  public static String strip(String text, String set) {
    int start = 0;
    int end = text.length();
    while (start < end && set.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && set.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(start, end);
  }

  /** https://infra.spec.whatwg.org/#ascii-uppercase. */
  public static String upper(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (c >= 'a' && c <= 'z') {
        out.setCharAt(i, (char) (c - 32));
      }
    }
    return out.toString();
  }

  /** https://infra.spec.whatwg.org/#ascii-lowercase. */
  public static String lower(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        out.setCharAt(i, (char) (c + 32));
      }
    }
    return out.toString();
  }
}
