package dev.corsac.browser.url;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The host parser of the URL standard (https://url.spec.whatwg.org/#host-parsing). Never throws:
 * what the standard calls failure is null.
 */
final class HostParser {
  private static final String FORBIDDEN_HOST = "\0\t\n\r #/:<>?@[\\]^|";

  private static final String ESCAPED_SPACE = "%20";
  private static final String ESCAPED_ASTERISK = "%2A";

  private HostParser() {}

  static @Nullable String parse(String input, boolean special, UrlRules rules) {
    if (input.startsWith("[")) {
      return input.endsWith("]") ? ipv6(input.substring(1, input.length() - 1)) : null;
    }
    if (!special) {
      return containsForbidden(input, false) ? null : input;
    }
    String domain = new String(Url.percentDecode(input), StandardCharsets.UTF_8);
    String ascii = toAscii(domain, rules);
    if (ascii != null && rules.escapesInHosts()) {
      ascii = ascii.replace(" ", ESCAPED_SPACE).replace("*", ESCAPED_ASTERISK);
    }
    if (ascii == null || ascii.isEmpty() || containsForbidden(withoutEscapes(ascii, rules), true)) {
      return null;
    }
    return endsInNumber(ascii) ? ipv4(ascii) : ascii;
  }

  private static String withoutEscapes(String host, UrlRules rules) {
    return rules.escapesInHosts()
        ? host.replace(ESCAPED_SPACE, "").replace(ESCAPED_ASTERISK, "")
        : host;
  }

  private static boolean containsForbidden(String host, boolean domain) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (FORBIDDEN_HOST.indexOf(c) >= 0 || (domain && (c <= 0x1f || c == '%' || c >= 0x7f))) {
        return true;
      }
    }
    return false;
  }

  /** https://url.spec.whatwg.org/#concept-domain-to-ascii. */
  private static @Nullable String toAscii(String domain, UrlRules rules) {
    boolean ascii = domain.chars().allMatch(c -> c < 0x80);
    String lower = Ascii.lower(domain);
    boolean plain = !lower.startsWith("xn--") && !lower.contains(".xn--");
    return ascii && (plain || rules.trustsAsciiHosts()) ? lower : Idna.toAscii(domain);
  }

  /** https://url.spec.whatwg.org/#ends-in-a-number-checker. */
  private static boolean endsInNumber(String host) {
    List<String> parts = Arrays.asList(host.split("\\.", -1));
    if (parts.get(parts.size() - 1).isEmpty()) {
      if (parts.size() == 1) {
        return false;
      }
      parts = parts.subList(0, parts.size() - 1);
    }
    String last = parts.get(parts.size() - 1);
    return (!last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9'))
        || ipv4Number(last) >= 0;
  }

  /** https://url.spec.whatwg.org/#concept-ipv4-parser. */
  private static @Nullable String ipv4(String host) {
    List<String> parts = Arrays.asList(host.split("\\.", -1));
    if (parts.get(parts.size() - 1).isEmpty() && parts.size() > 1) {
      parts = parts.subList(0, parts.size() - 1);
    }
    if (parts.size() > 4) {
      return null;
    }
    long address = 0;
    for (int i = 0; i < parts.size(); i++) {
      long number = ipv4Number(parts.get(i));
      boolean last = i == parts.size() - 1;
      long limit = last ? 1L << (8 * (5 - parts.size())) : 256;
      if (number < 0 || number >= limit) {
        return null;
      }
      address += last ? number : number << (8 * (3 - i));
    }
    return (address >> 24)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  /** https://url.spec.whatwg.org/#ipv4-number-parser; -1 is failure. */
  private static long ipv4Number(String text) {
    int radix = 10;
    String digits = text;
    if (text.isEmpty()) {
      return -1;
    }
    if (text.startsWith("0x") || text.startsWith("0X")) {
      radix = 16;
      digits = text.substring(2);
    } else if (text.length() >= 2 && text.startsWith("0")) {
      radix = 8;
      digits = text.substring(1);
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = Math.min(value * radix + digit, 1L << 33);
    }
    return value;
  }

  /** https://url.spec.whatwg.org/#concept-ipv6-parser and -serializer. */
  private static @Nullable String ipv6(String text) {
    int[] pieces = ipv6Pieces(text);
    if (pieces == null) {
      return null;
    }
    int bestStart = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int length = 0;
      while (i + length < 8 && pieces[i + length] == 0) {
        length++;
      }
      if (length > bestLength) {
        bestStart = i;
        bestLength = length;
      }
    }
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < 8; i++) {
      if (i == bestStart) {
        out.append(i == 0 ? "::" : ":");
        i += bestLength - 1;
        continue;
      }
      out.append(Integer.toHexString(pieces[i]));
      if (i < 7) {
        out.append(':');
      }
    }
    return out.append(']').toString();
  }

  private static int @Nullable [] ipv6Pieces(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return null;
    }
    int[] head = pieceList(gap < 0 ? text : text.substring(0, gap), gap < 0);
    int[] tail = gap < 0 ? new int[0] : pieceList(text.substring(gap + 2), true);
    if (head == null || tail == null) {
      return null;
    }
    int count = head.length + tail.length;
    if (gap < 0 ? count != 8 : count > 7) {
      return null;
    }
    int[] pieces = new int[8];
    System.arraycopy(head, 0, pieces, 0, head.length);
    System.arraycopy(tail, 0, pieces, 8 - tail.length, tail.length);
    return pieces;
  }

  private static int @Nullable [] pieceList(String text, boolean mayEndInIpv4) {
    if (text.isEmpty()) {
      return new int[0];
    }
    String[] parts = text.split(":", -1);
    int[] pieces = new int[parts.length + 1];
    int count = 0;
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      if (i == parts.length - 1 && mayEndInIpv4 && part.indexOf('.') >= 0) {
        String[] bytes = part.split("\\.", -1);
        if (bytes.length != 4) {
          return null;
        }
        int[] numbers = new int[4];
        for (int b = 0; b < 4; b++) {
          numbers[b] = decimalByte(bytes[b]);
          if (numbers[b] < 0) {
            return null;
          }
        }
        pieces[count++] = numbers[0] * 256 + numbers[1];
        pieces[count++] = numbers[2] * 256 + numbers[3];
      } else {
        if (part.isEmpty()
            || part.length() > 4
            || !part.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0)) {
          return null;
        }
        pieces[count++] = Integer.parseInt(part, 16);
      }
    }
    return Arrays.copyOf(pieces, count);
  }

  private static int decimalByte(String text) {
    if (text.isEmpty()
        || text.length() > 3
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')
        || (text.length() > 1 && text.startsWith("0"))) {
      return -1;
    }
    int value = Integer.parseInt(text);
    return value > 255 ? -1 : value;
  }
}
