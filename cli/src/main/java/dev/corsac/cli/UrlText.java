package dev.corsac.cli;

import dev.corsac.browser.Headers;
import dev.corsac.browser.WireRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A URL as people write it on the command line. */
final class UrlText {
  private static final Pattern WITH_AUTHORITY =
      Pattern.compile("(?i)([a-z][a-z0-9+.-]*)://([^/?#]*)(.*)");

  private UrlText() {}

  /** Whether it is of a file on disk. */
  static boolean isFile(String text) {
    return text.strip().regionMatches(true, 0, "file:", 0, 5);
  }

  /** What is wrong with a URL, and what to write; empty if browsers understand it. */
  static Optional<String> wrong(String text) {
    String url = text.strip();
    if (url.isEmpty()) {
      return Optional.of("is empty. Write one like http://localhost:8000/api.");
    }
    Matcher parts = WITH_AUTHORITY.matcher(url);
    if (!parts.matches()) {
      return Optional.of(
          "'" + text + "' has no scheme. Write http://" + url.replaceFirst("^/+", "") + ".");
    }
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    String http =
        switch (scheme) {
          case "http", "https" -> url;
          case "ws", "wss" -> "http" + url.substring(2);
          default -> "";
        };
    if (http.isEmpty()) {
      return Optional.empty();
    }
    try {
      WireRequest.of("GET", http, Headers.of());
      return Optional.empty();
    } catch (IllegalArgumentException noUrl) {
      return Optional.of(
          "'"
              + text
              + "' is not a URL: after "
              + scheme
              + ":// stands a host and maybe a port, such as localhost:8000 or [::1]:8000."
              + " Correct it.");
    }
  }

  /** Scheme, host and port of a URL with which nothing is {@link #wrong}. */
  static String origin(String url) {
    Matcher parts = WITH_AUTHORITY.matcher(url);
    return parts.matches() ? parts.group(1) + "://" + parts.group(2) : url;
  }
}
