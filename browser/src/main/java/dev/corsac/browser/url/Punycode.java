package dev.corsac.browser.url;

import org.jspecify.annotations.Nullable;

/** Punycode (RFC 3492), in lower case. */
final class Punycode {
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 0x80;

  private Punycode() {}

  /** With {@code xn--} before it. */
  static String encode(String label) {
    int[] characters = label.codePoints().toArray();
    StringBuilder out = new StringBuilder("xn--");
    label.chars().filter(c -> c < INITIAL_N).forEach(c -> out.append((char) c));
    int basic = out.length() - "xn--".length();
    if (basic > 0) {
      out.append('-');
    }
    int n = INITIAL_N;
    int delta = 0;
    int bias = INITIAL_BIAS;
    int handled = basic;
    while (handled < characters.length) {
      int next = Integer.MAX_VALUE;
      for (int c : characters) {
        next = c >= n && c < next ? c : next;
      }
      delta += (next - n) * (handled + 1);
      n = next;
      for (int c : characters) {
        if (c < n) {
          delta++;
        }
        if (c == n) {
          int q = delta;
          for (int k = BASE; ; k += BASE) {
            int t = threshold(k, bias);
            if (q < t) {
              break;
            }
            out.append(digit(t + (q - t) % (BASE - t)));
            q = (q - t) / (BASE - t);
          }
          out.append(digit(q));
          bias = adapt(delta, handled + 1, handled == basic);
          delta = 0;
          handled++;
        }
      }
      delta++;
      n++;
    }
    return out.toString();
  }

  /** Without {@code xn--} before it; null if it is not Punycode. */
  static @Nullable String decode(String text) {
    int hyphen = text.lastIndexOf('-');
    StringBuilder out = new StringBuilder(hyphen < 0 ? "" : text.substring(0, hyphen));
    int at = hyphen + 1;
    long n = INITIAL_N;
    long i = 0;
    int bias = INITIAL_BIAS;
    int count = out.length();
    while (at < text.length()) {
      long before = i;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = at < text.length() ? value(text.charAt(at)) : -1;
        at++;
        if (digit < 0) {
          return null;
        }
        i += digit * weight;
        int t = threshold(k, bias);
        if (i > Integer.MAX_VALUE || weight > Integer.MAX_VALUE) {
          return null;
        }
        if (digit < t) {
          break;
        }
        weight *= BASE - t;
      }
      count++;
      bias = adapt((int) (i - before), count, before == 0);
      n += i / count;
      i %= count;
      if (n > Character.MAX_CODE_POINT) {
        return null;
      }
      out.insert(out.offsetByCodePoints(0, (int) i), Character.toString((int) n));
      i++;
    }
    return out.toString();
  }

  private static int threshold(int k, int bias) {
    return k <= bias ? T_MIN : Math.min(k - bias, T_MAX);
  }

  private static int adapt(int delta, int points, boolean first) {
    int left = first ? delta / DAMP : delta / 2;
    left += left / points;
    int k = 0;
    while (left > (BASE - T_MIN) * T_MAX / 2) {
      left /= BASE - T_MIN;
      k += BASE;
    }
    return k + (BASE - T_MIN + 1) * left / (left + SKEW);
  }

  private static char digit(int value) {
    return (char) (value < 26 ? 'a' + value : '0' + value - 26);
  }

  private static int value(char c) {
    return c >= 'a' && c <= 'z' ? c - 'a' : c >= '0' && c <= '9' ? c - '0' + 26 : -1;
  }
}
