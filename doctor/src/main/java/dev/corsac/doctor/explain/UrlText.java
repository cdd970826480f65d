package dev.corsac.doctor.explain;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a URL says of itself, as it stands in a message: cut, retyped, or without its scheme. */
final class UrlText {
  private static final Pattern AUTHORITY = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://[^/?#]*)");
  private static final Pattern WITHOUT_SCHEME =
      Pattern.compile("^(?!https?:)[A-Za-z0-9.-]+:[0-9]{1,5}(?:[/?#].*)?$");
  private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*):");

  private UrlText() {}

  /** Scheme, host and port, in lower case; empty if there are none. */
  static String origin(String url) {
    Matcher authority = AUTHORITY.matcher(url);
    return authority.find() ? authority.group(1).toLowerCase(Locale.ROOT) : "";
  }

  /** The scheme in lower case, empty if there is none. */
  static String scheme(String url) {
    Matcher scheme = SCHEME.matcher(url);
    return scheme.find() && !isWithoutScheme(url) ? scheme.group(1).toLowerCase(Locale.ROOT) : "";
  }

  /** Whether it begins with a host and a port: {@code localhost:3000/data}. */
  static boolean isWithoutScheme(String url) {
    return WITHOUT_SCHEME.matcher(url).matches();
  }

  /** The URL in a form that is equal for spellings of one and the same. */
  static String key(String url) {
    String origin = origin(url);
    String rest = url.substring(origin.length());
    int fragment = rest.indexOf('#');
    rest = fragment < 0 ? rest : rest.substring(0, fragment);
    return origin + (rest.isEmpty() ? "/" : rest);
  }

  /**
   * Whether a URL may be what Chromium calls by its place: {@code api.example.com/data:1}, or the
   * end of its path alone.
   */
  static boolean isAt(String url, String place) {
    String path = key(url).replaceFirst("^[^:]*://", "").replaceFirst("\\?.*", "");
    String asked = place.replaceFirst(":\\d+(:\\d+)?$", "").replaceFirst("\\?.*", "");
    return !asked.isEmpty()
        && (path.equals(asked) || path.endsWith("/" + asked) || path.equals(asked + "/"));
  }
}
