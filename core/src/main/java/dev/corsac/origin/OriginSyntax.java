package dev.corsac.origin;

import dev.corsac.finding.PolicyRule;
import org.jspecify.annotations.Nullable;

/**
 * The form of a serialised origin (RFC 6454 section 6.1, URL section 4.5, Fetch section 3.2) and of
 * the patterns that a policy may use: one scanner for entries of a policy and for {@code Origin}
 * headers, which allocates nothing.
 *
 * <p>Under http and https a host is a domain or an address, in lower case. Under every other scheme
 * it is opaque (URL section 3.1): clients keep its case, and some send no host or a single dot.
 */
public final class OriginSyntax {
  /**
   * Longer than any origin: 63 for the scheme, 253 for the host, the rest for {@code ://} and the
   * port.
   */
  public static final int MAX_LENGTH = 330;

  private static final int MAX_HOST_LENGTH = 253;
  private static final int MAX_LABEL_LENGTH = 63;

  /** The characters of a domain in lower case, but for its dots. */
  private static final boolean[] DOMAIN = new boolean[128];

  static {
    for (char c : "abcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
      DOMAIN[c] = true;
    }
  }

  private OriginSyntax() {}

  /**
   * True for the serialisation of a tuple origin, exactly as a browser would send it. One pass
   * tells it for http and https and a domain, which is nearly every origin and whatever looks like
   * one.
   */
  public static boolean isSerialised(String origin) {
    int host = origin.startsWith("https://") ? 8 : origin.startsWith("http://") ? 7 : 0;
    if (host == 0) {
      return checkThoroughly(origin, false) == null;
    }
    int length = origin.length();
    int label = host;
    int at = host;
    while (at < length) {
      char c = origin.charAt(at);
      if (c == '.') {
        if (at == label || at - label > MAX_LABEL_LENGTH) {
          return false;
        }
        label = at + 1;
      } else if (c >= DOMAIN.length || !DOMAIN[c]) {
        break;
      }
      at++;
    }
    if (at < length && origin.charAt(at) != ':') {
      return origin.charAt(host) == '[' && checkThoroughly(origin, false) == null;
    }
    if (at == label || !isLowerCase(origin.charAt(label))) {
      // A dot at the end, or an address.
      return checkThoroughly(origin, false) == null;
    }
    return at - label <= MAX_LABEL_LENGTH
        && at - host <= MAX_HOST_LENGTH
        && (at == length || checkPort(origin, at, false) == null);
  }

  /** Whether an {@code Origin} header has one value, whatever it is. */
  public static boolean isOneValue(String header) {
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c <= ' ' || c == ',' || c == 0x7f) {
        return false;
      }
    }
    return !header.isEmpty();
  }

  /**
   * The first rule that an entry breaks, null if none.
   *
   * @param patterns whether {@code *.} before the host and {@code *} as the port are allowed
   */
  public static @Nullable PolicyRule check(String entry, boolean patterns) {
    return isSerialised(entry) ? null : checkThoroughly(entry, patterns);
  }

  /** As {@link #check}, of any entry. */
  static @Nullable PolicyRule checkThoroughly(String entry, boolean patterns) {
    if (entry.equals("null") || entry.startsWith("file:")) {
      return PolicyRule.NULL_ORIGIN;
    }
    int schemeEnd = entry.indexOf("://");
    boolean opaque = schemeEnd > 0 && isOpaque(entry);
    PolicyRule broken = checkCharacters(entry, opaque ? schemeEnd : entry.length());
    if (broken != null) {
      return broken;
    }
    if (schemeEnd <= 0 || entry.length() > MAX_LENGTH) {
      return PolicyRule.ORIGIN_SYNTAX;
    }
    if (!isScheme(entry, schemeEnd)) {
      return entry.lastIndexOf('*', schemeEnd) >= 0
          ? PolicyRule.ORIGIN_WILDCARD
          : PolicyRule.ORIGIN_SYNTAX;
    }
    int hostStart = schemeEnd + 3;
    int length = entry.length();
    for (int i = hostStart; i < length; i++) {
      char c = entry.charAt(i);
      if (c == '/' || c == '?' || c == '#' || c == '\\') {
        return PolicyRule.ORIGIN_PATH;
      }
      if (c == '@') {
        return PolicyRule.ORIGIN_USER_INFO;
      }
    }
    int hostEnd = hostEnd(entry, hostStart);
    if (hostEnd < length) {
      broken = checkPort(entry, hostEnd, patterns);
      if (broken != null) {
        return broken;
      }
    }
    return opaque && isHostOfAppOnly(entry, hostStart, hostEnd)
        ? null
        : checkHost(entry, hostStart, hostEnd, patterns, opaque);
  }

  /** Whether hosts under the scheme are opaque: those of http and https are domains. */
  private static boolean isOpaque(String entry) {
    return !entry.regionMatches(true, 0, "http://", 0, 7)
        && !entry.regionMatches(true, 0, "https://", 0, 8);
  }

  /** What some frameworks send for their pages: {@code app://.} and {@code qrc://}. */
  private static boolean isHostOfAppOnly(String entry, int start, int end) {
    return end == entry.length() && (start == end || (end == start + 1 && entry.endsWith(".")));
  }

  /** Looks at single characters; from {@code lowerCaseEnd} on letters may be upper-case. */
  private static @Nullable PolicyRule checkCharacters(String entry, int lowerCaseEnd) {
    boolean upperCase = false;
    boolean unicode = false;
    for (int i = 0; i < entry.length(); i++) {
      char c = entry.charAt(i);
      if (c == ' ' || c == ',' || c == ';') {
        return i == 0 || i == entry.length() - 1
            ? PolicyRule.ORIGIN_SYNTAX
            : PolicyRule.ORIGIN_SEVERAL;
      }
      if (c < ' ' || c == 0x7f) {
        return PolicyRule.ORIGIN_SYNTAX;
      }
      upperCase |= c >= 'A' && c <= 'Z' && i < lowerCaseEnd;
      unicode |= c > 0x7f;
    }
    if (unicode) {
      return PolicyRule.ORIGIN_UNICODE;
    }
    return upperCase ? PolicyRule.ORIGIN_UPPER_CASE : null;
  }

  /** A scheme that a page can have: the origin of a WebSocket is that of the page that opens it. */
  private static boolean isScheme(String entry, int end) {
    for (int i = 0; i < end; i++) {
      char c = entry.charAt(i);
      if (!isLowerCase(c) && (i == 0 || !(isDigit(c) || c == '+' || c == '-' || c == '.'))) {
        return false;
      }
    }
    return !(entry.startsWith("ws:") || entry.startsWith("wss:") || entry.startsWith("ftp:"));
  }

  /** Where the host ends: at the colon before the port, or at the end. */
  public static int hostEnd(String entry, int hostStart) {
    if (hostStart < entry.length() && entry.charAt(hostStart) == '[') {
      int bracket = entry.indexOf(']', hostStart);
      return bracket < 0 ? entry.length() : bracket + 1;
    }
    int colon = entry.indexOf(':', hostStart);
    return colon < 0 ? entry.length() : colon;
  }

  private static @Nullable PolicyRule checkPort(String entry, int colon, boolean patterns) {
    int digits = entry.length() - colon - 1;
    if (entry.charAt(colon) != ':') {
      return PolicyRule.ORIGIN_HOST;
    }
    if (digits == 1 && entry.charAt(colon + 1) == '*') {
      return patterns ? null : PolicyRule.ORIGIN_WILDCARD;
    }
    if (entry.indexOf('*', colon) >= 0) {
      return PolicyRule.ORIGIN_WILDCARD;
    }
    int port = digits < 1 || digits > 5 ? 0 : port(entry, colon + 1);
    if (port < 1 || port > 65535 || entry.charAt(colon + 1) == '0') {
      return PolicyRule.ORIGIN_PORT;
    }
    return port == defaultPort(entry) ? PolicyRule.ORIGIN_DEFAULT_PORT : null;
  }

  private static int port(String entry, int from) {
    int port = 0;
    for (int i = from; i < entry.length(); i++) {
      char c = entry.charAt(i);
      if (!isDigit(c)) {
        return 0;
      }
      port = port * 10 + (c - '0');
    }
    return port;
  }

  /** The default port of the scheme that an entry starts with, -1 if it has none. */
  public static int defaultPort(String entry) {
    if (entry.startsWith("https://")) {
      return 443;
    }
    return entry.startsWith("http://") ? 80 : -1;
  }

  private static @Nullable PolicyRule checkHost(
      String entry, int start, int end, boolean patterns, boolean opaque) {
    if (start < end && entry.charAt(start) == '[') {
      return IpAddress.isSerialisedIpv6(entry.substring(start, end))
          ? null
          : PolicyRule.ORIGIN_IP_ADDRESS;
    }
    int domain = start;
    if (entry.indexOf('*', start) >= 0 && entry.lastIndexOf('*', end - 1) >= start) {
      boolean wholeLabel =
          entry.startsWith("*.", start)
              && entry.lastIndexOf('*', end - 1) == start
              && end > start + 2;
      if (!patterns || !wholeLabel) {
        return PolicyRule.ORIGIN_WILDCARD;
      }
      domain = start + 2;
    }
    // Counted with the wildcard: what it stands for is two characters long at least.
    int dot = end > start && entry.charAt(end - 1) == '.' ? 1 : 0;
    if (end - dot - start > MAX_HOST_LENGTH || !isDomain(entry, domain, end - dot)) {
      return PolicyRule.ORIGIN_HOST;
    }
    if (!opaque && IpAddress.endsInNumber(entry, domain, end - dot)) {
      boolean serialised = IpAddress.isSerialisedIpv4(entry, domain, end);
      return !serialised
          ? PolicyRule.ORIGIN_IP_ADDRESS
          : domain > start ? PolicyRule.ORIGIN_WILDCARD : null;
    }
    return null;
  }

  /** A domain without a trailing dot; of which case its letters are was looked at before. */
  private static boolean isDomain(String entry, int start, int end) {
    int labelStart = start;
    for (int i = start; i <= end; i++) {
      char c = i == end ? '.' : entry.charAt(i);
      if (c == '.') {
        if (i == labelStart || i - labelStart > MAX_LABEL_LENGTH) {
          return false;
        }
        labelStart = i + 1;
      } else if (!isLetter(c) && !isDigit(c) && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return isLowerCase(c) || (c >= 'A' && c <= 'Z');
  }

  private static boolean isLowerCase(char c) {
    return c >= 'a' && c <= 'z';
  }

  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
