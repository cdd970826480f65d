package dev.corsac.origin;

import org.jspecify.annotations.Nullable;

/** Punycode, the form in which hosts carry characters beyond ASCII (RFC 3492). */
public final class Punycode {
  private static final String PREFIX = "xn--";

  // RFC 3492 section 5.
  private static final int BASE = 36;
  private static final int MIN = 1;
  private static final int MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 128;

  private Punycode() {}

  /**
   * The first label of a well-formed http or https entry that says it is punycode and cannot be
   * decoded, so that no browser sends it; null if there is none.
   */
  public static @Nullable String malformedLabel(String entry) {
    if (OriginSyntax.defaultPort(entry) < 0 || !entry.contains(PREFIX)) {
      return null;
    }
    int hostStart = entry.indexOf("://") + 3;
    String host = entry.substring(hostStart, OriginSyntax.hostEnd(entry, hostStart));
    for (String label : host.split("\\.", -1)) {
      if (label.startsWith(PREFIX) && !decodes(label.substring(PREFIX.length()))) {
        return label;
      }
    }
    return null;
  }

  /**
   * Whether lower-case text stands for characters beyond ASCII that a host may have (section 6.2).
   */
  static boolean decodes(String text) {
    int delimiter = text.lastIndexOf('-');
    int length = Math.max(0, delimiter);
    int at = delimiter > 0 ? delimiter + 1 : 0;
    if (at == text.length()) {
      return false;
    }
    long n = INITIAL_N;
    long i = 0;
    int bias = INITIAL_BIAS;
    while (at < text.length()) {
      long before = i;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = at < text.length() ? digit(text.charAt(at++)) : -1;
        if (digit < 0) {
          return false;
        }
        i += digit * weight;
        int threshold = Math.max(MIN, Math.min(MAX, k - bias));
        if (digit < threshold) {
          break;
        }
        weight *= BASE - threshold;
        if (i > Integer.MAX_VALUE || weight > Integer.MAX_VALUE) {
          return false;
        }
      }
      length++;
      bias = adapt(i - before, length, before == 0);
      n += i / length;
      i = i % length + 1;
      if (n > Character.MAX_CODE_POINT || !isInNames((int) n)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a host may have the character at all: not a control, a space or a private one. */
  private static boolean isInNames(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static int digit(char c) {
    return OriginSyntax.isDigit(c) ? c - '0' + 26 : c >= 'a' && c <= 'z' ? c - 'a' : -1;
  }

  private static int adapt(long difference, int length, boolean first) {
    long delta = first ? difference / DAMP : difference / 2;
    delta += delta / length;
    int k = 0;
    while (delta > (BASE - MIN) * MAX / 2) {
      delta /= BASE - MIN;
      k += BASE;
    }
    return (int) (k + (BASE - MIN + 1) * delta / (delta + SKEW));
  }
}
