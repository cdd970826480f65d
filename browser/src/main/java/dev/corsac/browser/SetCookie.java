package dev.corsac.browser;

import dev.corsac.browser.url.Ascii;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Set-Cookie} value as RFC 6265bis, 5.6 parses it, before it is asked who sent it.
 *
 * @param domain what the last Domain attribute says, empty without one
 * @param path what the last Path attribute says, null without one
 * @param crossSite whether the last SameSite attribute says None
 * @param expires when it ends
 * @param partitioned whether it is for one top-level site only
 *     (https://datatracker.ietf.org/doc/html/draft-cutler-httpbis-partitioned-cookies)
 */
record SetCookie(
    String name,
    String value,
    String domain,
    @Nullable String path,
    boolean secure,
    boolean httpOnly,
    boolean crossSite,
    Instant expires,
    boolean partitioned) {
  private static final int MAX_PAIR = 4096;
  private static final int MAX_ATTRIBUTE_VALUE = 1024;
  private static final long MAX_AGE_SECONDS = 400L * 24 * 60 * 60;

  /** Null if it is to be ignored. */
  static @Nullable SetCookie parse(String text, Instant now, Engine engine) {
    String[] parts = text.split(";", -1);
    int equals = parts[0].indexOf('=');
    String name = equals < 0 ? "" : strip(parts[0].substring(0, equals));
    String value = strip(parts[0].substring(equals + 1));
    boolean empty = name.isEmpty() && value.isEmpty();
    if (empty || name.length() + value.length() > MAX_PAIR || hasControl(text, engine)) {
      return null;
    }
    String domain = "";
    String path = null;
    boolean secure = false;
    boolean httpOnly = false;
    boolean crossSite = false;
    boolean partitioned = false;
    Instant maxAge = null;
    Instant expires = null;
    for (int i = 1; i < parts.length; i++) {
      int mark = parts[i].indexOf('=');
      String attribute = Ascii.lower(strip(mark < 0 ? parts[i] : parts[i].substring(0, mark)));
      String argument = mark < 0 ? "" : strip(parts[i].substring(mark + 1));
      if (argument.length() > MAX_ATTRIBUTE_VALUE) {
        continue;
      }
      switch (attribute) {
        case "secure" -> secure = true;
        case "httponly" -> httpOnly = true;
        case "partitioned" -> partitioned = engine.departs(Departure.COOKIES_PARTITIONED);
        case "samesite" -> crossSite = argument.equalsIgnoreCase("none");
        case "path" -> path = argument;
        case "domain" -> domain = argument.isEmpty() ? domain : Ascii.lower(argument);
        case "max-age" -> maxAge = later(maxAge(argument, now), maxAge);
        case "expires" -> expires = later(limited(CookieDate.parse(argument), now), expires);
        default -> {}
      }
    }
    Instant end = maxAge != null ? maxAge : expires != null ? expires : Instant.MAX;
    return new SetCookie(name, value, domain, path, secure, httpOnly, crossSite, end, partitioned);
  }

  private static String strip(String text) {
    return Ascii.strip(text, " \t");
  }

  private static boolean hasControl(String text, Engine engine) {
    boolean tabToo = engine.departs(Departure.COOKIES_WITH_TAB_REFUSED);
    for (String part : text.split("[;=]", -1)) {
      if (strip(part).chars().anyMatch(c -> c == 0x7f || (c < 0x20 && (tabToo || c != '\t')))) {
        return true;
      }
    }
    return false;
  }

  /** The last of several attributes counts, if it is one. */
  private static @Nullable Instant later(@Nullable Instant last, @Nullable Instant before) {
    return last == null ? before : last;
  }

  private static @Nullable Instant maxAge(String argument, Instant now) {
    if (!argument.matches("-?\\d+")) {
      return null;
    }
    if (argument.startsWith("-")) {
      return Instant.MIN;
    }
    long seconds = argument.length() > 12 ? MAX_AGE_SECONDS : Long.parseLong(argument);
    return seconds == 0 ? Instant.MIN : now.plusSeconds(Math.min(seconds, MAX_AGE_SECONDS));
  }

  private static @Nullable Instant limited(@Nullable Instant date, Instant now) {
    Instant limit = now.plusSeconds(MAX_AGE_SECONDS);
    return date != null && date.isAfter(limit) ? limit : date;
  }

  /** RFC 6265bis, 4.1.3, and {@code __Http-} of its successor: what the name promises. */
  boolean keepsPrefix(boolean hostOnly) {
    if (name.isEmpty()) {
      return !startsWith(value, "__Secure-", "__Host-", "__Http-", "__Host-Http-");
    }
    if (startsWith(name, "__Http-", "__Host-Http-") && !httpOnly) {
      return false;
    }
    if (startsWith(name, "__Host-")) {
      return secure && hostOnly && "/".equals(path);
    }
    return secure || !startsWith(name, "__Secure-", "__Http-");
  }

  private static boolean startsWith(String text, String... prefixes) {
    for (String prefix : prefixes) {
      if (Ascii.lower(text).startsWith(Ascii.lower(prefix))) {
        return true;
      }
    }
    return false;
  }
}
