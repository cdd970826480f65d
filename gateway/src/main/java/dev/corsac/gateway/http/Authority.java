package dev.corsac.gateway.http;

import org.jspecify.annotations.Nullable;

/**
 * The host, and perhaps port, that a request is for: {@code Host}, {@code :authority}, or the
 * authority of an absolute target (RFC 9110 section 7.2).
 *
 * <p>Permitted: {@code example.com}, {@code example.com:8080}, {@code my_service}, {@code
 * 192.0.2.1}, {@code [2001:db8::1]:8080}. Prohibited, though some are hosts in RFC 3986 section
 * 3.2.2: user information, percent-encoding, anything but letters, digits, {@code -}, {@code .},
 * {@code _} and {@code ~} in a name, zones of IPv6, ports above 65535. It is written into header
 * fields, and whoever reads those must not be able to read another host.
 *
 * @param host as received; IPv6 in brackets
 * @param port -1 if there is none
 */
public record Authority(String host, int port) {
  /** The longest name that DNS can have. */
  private static final int LONGEST = 255;

  private static final int MOST_PORT_DIGITS = 5;

  /** Reads one; null if it is none. */
  public static @Nullable Authority parse(String text) {
    int end = text.startsWith("[") ? text.indexOf(']') + 1 : nameEnd(text);
    if (end <= 0 || end > LONGEST) {
      return null;
    }
    String host = text.substring(0, end);
    if (host.charAt(0) == '[' && !isIpv6(host.substring(1, end - 1))) {
      return null;
    }
    if (end == text.length()) {
      return new Authority(host, -1);
    }
    return text.charAt(end) == ':' ? withPort(host, text.substring(end + 1)) : null;
  }

  private static int nameEnd(String text) {
    int end = 0;
    while (end < text.length() && isUnreserved(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || isDigit(c)
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static @Nullable Authority withPort(String host, String port) {
    if (port.isEmpty()) {
      // RFC 3986 section 3.2.3: the same as none.
      return new Authority(host, -1);
    }
    if (port.length() > MOST_PORT_DIGITS) {
      return null;
    }
    for (int i = 0; i < port.length(); i++) {
      if (!isDigit(port.charAt(i))) {
        return null;
      }
    }
    int number = Integer.parseInt(port);
    return number <= 65535 ? new Authority(host, number) : null;
  }

  /** IPv6address of RFC 3986 section 3.2.2. */
  private static boolean isIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true) == 8;
    }
    int before = groups(text.substring(0, gap), false);
    int after = groups(text.substring(gap + 2), true);
    return before >= 0 && after >= 0 && before + after <= 7;
  }

  /** How many groups of 16 bits there are; -1 if something is no group. */
  private static int groups(String text, boolean mayEndInIpv4) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split(":", -1);
    int groups = 0;
    for (int i = 0; i < parts.length; i++) {
      if (isGroup(parts[i])) {
        groups++;
      } else if (mayEndInIpv4 && i == parts.length - 1 && isIpv4(parts[i])) {
        groups += 2;
      } else {
        return -1;
      }
    }
    return groups;
  }

  private static boolean isGroup(String part) {
    for (int i = 0; i < part.length(); i++) {
      if (Character.digit(part.charAt(i), 16) < 0 || part.charAt(i) >= 128) {
        return false;
      }
    }
    return !part.isEmpty() && part.length() <= 4;
  }

  private static boolean isIpv4(String text) {
    String[] parts = text.split("\\.", -1);
    for (String part : parts) {
      boolean octet =
          !part.isEmpty()
              && part.length() <= 3
              && part.chars().allMatch(c -> isDigit((char) c))
              && (part.length() == 1 || part.charAt(0) != '0')
              && Integer.parseInt(part) <= 255;
      if (!octet) {
        return false;
      }
    }
    return parts.length == 4;
  }

  @Override
  public String toString() {
    return port < 0 ? host : host + ":" + port;
  }
}
