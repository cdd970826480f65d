package dev.corsac.browser.url;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The basic URL parser of the URL standard (https://url.spec.whatwg.org/#concept-basic-url-parser),
 * one method per group of states. Never throws: what the standard calls failure is null.
 */
final class UrlParser {
  private static final String FRAGMENT_SET = " \"<>`";
  private static final String QUERY_SET = " \"#<>";
  private static final String SPECIAL_QUERY_SET = QUERY_SET + "'";
  private static final String PATH_SET = QUERY_SET + "?^`{}";
  private static final String USERINFO_SET = PATH_SET + "/:;=@[\\]|";

  private final UrlRules rules;

  UrlParser(UrlRules rules) {
    this.rules = rules;
  }

  @Nullable Url parse(String input, @Nullable Url base) {
    String text = clean(input);
    int colon = schemeEnd(text);
    if (colon < 0) {
      return base == null ? null : relative(text, base);
    }
    String scheme = Ascii.lower(text.substring(0, colon));
    String rest = text.substring(colon + 1);
    if (scheme.equals("file")) {
      return file(rest);
    }
    if (Url.isSpecial(scheme)) {
      // "special relative or authority state": http:foo against an http base is relative.
      if (base != null && base.scheme().equals(scheme) && !startsWithTwoSlashes(rest, true)) {
        return relative(rest, base);
      }
      int slashes = 0;
      while (slashes < rest.length() && isSlash(rest.charAt(slashes), true)) {
        slashes++;
      }
      return authority(scheme, rest.substring(slashes));
    }
    if (rest.startsWith("//")) {
      return authority(scheme, rest.substring(2));
    }
    return rest.startsWith("/") ? hostless(scheme, rest) : opaque(scheme, rest);
  }

  /** Removes leading and trailing C0 controls and spaces, and every tab and newline. */
  private static String clean(String input) {
    int start = 0;
    int end = input.length();
    while (start < end && input.charAt(start) <= ' ') {
      start++;
    }
    while (end > start && input.charAt(end - 1) <= ' ') {
      end--;
    }
    StringBuilder out = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char c = input.charAt(i);
      if (c != '\t' && c != '\n' && c != '\r') {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** "scheme start state" and "scheme state": where the colon of the scheme is, or -1. */
  private static int schemeEnd(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (c == ':') {
        return i == 0 ? -1 : i;
      }
      if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) {
        return -1;
      }
    }
    return -1;
  }

  /** "no scheme state" to "relative slash state". */
  private @Nullable Url relative(String text, Url base) {
    if (base.hasOpaquePath()) {
      return text.startsWith("#")
          ? base.withFragment(encode(text.substring(1), FRAGMENT_SET))
          : null;
    }
    boolean special = Url.isSpecial(base.scheme());
    if (startsWithTwoSlashes(text, special)) {
      if (base.scheme().equals("file")) {
        return file(text);
      }
      int slashes = 2;
      while (special && slashes < text.length() && isSlash(text.charAt(slashes), true)) {
        slashes++;
      }
      return authority(base.scheme(), text.substring(slashes));
    }
    Tail tail = Tail.of(text, special);
    String path;
    String query = tail.query;
    if (tail.path.isEmpty()) {
      path = base.path();
      query = query == null ? base.query() : query;
    } else if (isSlash(tail.path.charAt(0), special)) {
      path = path(tail.path, special);
    } else {
      String directory = base.path().substring(0, base.path().lastIndexOf('/') + 1);
      path = path(directory.isEmpty() ? "/" + tail.path : directory + tail.path, special);
    }
    return new Url(
        base.scheme(),
        base.username(),
        base.password(),
        base.host(),
        base.port(),
        path,
        false,
        query,
        tail.fragment);
  }

  /** "authority state" to "port state". */
  private @Nullable Url authority(String scheme, String text) {
    boolean special = Url.isSpecial(scheme);
    int end = 0;
    while (end < text.length() && !endsAuthority(text.charAt(end), special)) {
      end++;
    }
    String authority = text.substring(0, end);
    String username = "";
    String password = "";
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      String userinfo = authority.substring(0, at);
      int colon = userinfo.indexOf(':');
      username = encode(colon < 0 ? userinfo : userinfo.substring(0, colon), USERINFO_SET);
      password = colon < 0 ? "" : encode(userinfo.substring(colon + 1), USERINFO_SET);
      authority = authority.substring(at + 1);
      if (authority.isEmpty()) {
        return null;
      }
    }
    int colon = portColon(authority);
    String hostText = colon < 0 ? authority : authority.substring(0, colon);
    String portText = colon < 0 ? "" : authority.substring(colon + 1);
    if (hostText.isEmpty() && (special || colon >= 0)) {
      return null;
    }
    String host = HostParser.parse(hostText, special, rules);
    int port = port(portText, scheme);
    if (host == null || port == -2) {
      return null;
    }
    Tail tail = Tail.of(text.substring(end), special);
    return new Url(
        scheme,
        username,
        password,
        host,
        port,
        special || !tail.path.isEmpty() ? path(tail.path, special) : "",
        false,
        tail.query,
        tail.fragment);
  }

  private static boolean endsAuthority(char c, boolean special) {
    return isSlash(c, special) || c == '?' || c == '#';
  }

  /** The colon before the port: the first one outside square brackets. */
  private static int portColon(String authority) {
    int bracket = authority.startsWith("[") ? authority.indexOf(']') : -1;
    return authority.indexOf(':', Math.max(bracket, 0));
  }

  /** The port, -1 for none or the default one, -2 for failure. */
  private static int port(String text, String scheme) {
    int port = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -2;
      }
      port = port * 10 + (c - '0');
      if (port > 65535) {
        return -2;
      }
    }
    return text.isEmpty() || port == Url.defaultPort(scheme) ? -1 : port;
  }

  /** "file state", as far as a page's request can name one: the host is never contacted. */
  private Url file(String rest) {
    String text = rest;
    String host = "";
    if (startsWithTwoSlashes(text, true)) {
      int end = 2;
      while (end < text.length() && !endsAuthority(text.charAt(end), true)) {
        end++;
      }
      String parsed = HostParser.parse(text.substring(2, end), true, rules);
      host = parsed == null || parsed.equals("localhost") ? "" : parsed;
      text = text.substring(end);
    }
    Tail tail = Tail.of(text, true);
    return new Url(
        "file", "", "", host, -1, path(tail.path, true), false, tail.query, tail.fragment);
  }

  private Url hostless(String scheme, String rest) {
    Tail tail = Tail.of(rest, false);
    return new Url(
        scheme, "", "", null, -1, path(tail.path, false), false, tail.query, tail.fragment);
  }

  private static Url opaque(String scheme, String rest) {
    Tail tail = Tail.of(rest, false);
    return new Url(
        scheme, "", "", null, -1, encode(tail.path, ""), true, tail.query, tail.fragment);
  }

  /** "path state": percent-encodes and resolves dot segments. */
  private String path(String text, boolean special) {
    List<String> segments = new ArrayList<>();
    int start = !text.isEmpty() && isSlash(text.charAt(0), special) ? 1 : 0;
    for (int i = start; i <= text.length(); i++) {
      boolean last = i == text.length();
      if (!last && !isSlash(text.charAt(i), special)) {
        continue;
      }
      String segment =
          encode(text.substring(start, i), rules.encodesPipes() ? PATH_SET + "|" : PATH_SET);
      String dots = Ascii.lower(segment).replace("%2e", ".");
      start = i + 1;
      if (dots.equals("..")) {
        if (!segments.isEmpty()) {
          segments.remove(segments.size() - 1);
        }
        if (last) {
          segments.add("");
        }
      } else if (!dots.equals(".")) {
        segments.add(segment);
      } else if (last) {
        segments.add("");
      }
    }
    return "/" + String.join("/", segments);
  }

  private static boolean isSlash(char c, boolean special) {
    return c == '/' || (special && c == '\\');
  }

  private static boolean startsWithTwoSlashes(String text, boolean special) {
    return text.length() >= 2
        && isSlash(text.charAt(0), special)
        && isSlash(text.charAt(1), special);
  }

  /** https://url.spec.whatwg.org/#string-utf-8-percent-encode. */
  private static String encode(String text, String set) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte b : Utf8.encode(text)) {
      int c = b & 0xff;
      if (c < 0x20 || c > 0x7e || set.indexOf(c) >= 0) {
        out.append('%').append(hex(c >> 4)).append(hex(c & 15));
      } else {
        out.append((char) c);
      }
    }
    return out.toString();
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }

  /** What follows the authority. */
  private record Tail(String path, @Nullable String query, @Nullable String fragment) {
    static Tail of(String text, boolean special) {
      int hash = text.indexOf('#');
      String fragment = hash < 0 ? null : encode(text.substring(hash + 1), FRAGMENT_SET);
      String rest = hash < 0 ? text : text.substring(0, hash);
      int mark = rest.indexOf('?');
      String query =
          mark < 0
              ? null
              : encode(rest.substring(mark + 1), special ? SPECIAL_QUERY_SET : QUERY_SET);
      return new Tail(mark < 0 ? rest : rest.substring(0, mark), query, fragment);
    }
  }
}
