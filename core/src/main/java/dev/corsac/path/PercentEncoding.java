package dev.corsac.path;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Percent-encoding (RFC 3986 section 2.1), as servers decode it; what is no escape stays. */
final class PercentEncoding {
  private static final Pattern OVERLONG =
      Pattern.compile("%(?:[cC]|[eE]0%8|[fF]0%80%8)([01])%([89abAB][0-9a-fA-F])");

  private PercentEncoding() {}

  /** The octet that an escape stands for; -1 if it is none. */
  static int octet(String path, int at) {
    if (at + 2 >= path.length()) {
      return -1;
    }
    int high = path.charAt(at + 1) < 128 ? Character.digit(path.charAt(at + 1), 16) : -1;
    int low = path.charAt(at + 2) < 128 ? Character.digit(path.charAt(at + 2), 16) : -1;
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Decodes the escapes of some ASCII characters. */
  static String decode(String path, String characters) {
    StringBuilder decoded = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      int octet = path.charAt(i) == '%' ? octet(path, i) : -1;
      boolean one = octet >= 0 && characters.indexOf(octet) >= 0;
      decoded.append(one ? (char) octet : path.charAt(i));
      i += one ? 2 : 0;
    }
    return decoded.toString();
  }

  /** Decodes once, as UTF-8, what is no slash. */
  static String decodeSegments(String path) {
    StringBuilder decoded = new StringBuilder(path.length());
    byte[] octets = new byte[path.length() / 3];
    int length = 0;
    for (int i = 0; i <= path.length(); i++) {
      int octet = i < path.length() && path.charAt(i) == '%' ? octet(path, i) : -1;
      if (octet >= 0 && octet != '/' && octet != '\\') {
        octets[length++] = (byte) octet;
        i += 2;
        continue;
      }
      decoded.append(new String(octets, 0, length, StandardCharsets.UTF_8));
      length = 0;
      if (i < path.length()) {
        decoded.append(path.charAt(i));
      }
    }
    return decoded.toString();
  }

  /** Writes the overlong forms of ASCII characters (RFC 3629 section 3) as the right ones. */
  static String shorten(String path) {
    return OVERLONG
        .matcher(path)
        .replaceAll(
            form -> {
              int high = form.group(1).equals("1") ? 0x40 : 0;
              int octet = high | (Integer.parseInt(form.group(2), 16) & 0x3f);
              return (octet < 0x10 ? "%0" : "%") + Integer.toHexString(octet);
            });
  }
}
