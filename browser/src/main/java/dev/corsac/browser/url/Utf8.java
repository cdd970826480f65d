package dev.corsac.browser.url;

import java.nio.charset.StandardCharsets;

/** https://encoding.spec.whatwg.org/#utf-8-encode. */
final class Utf8 {
  private Utf8() {}

  /** A lone surrogate is U+FFFD, as in a USVString, where Java would have a question mark. */
  static byte[] encode(String text) {
    StringBuilder scalars = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
        .forEach(scalars::appendCodePoint);
    return scalars.toString().getBytes(StandardCharsets.UTF_8);
  }
}
