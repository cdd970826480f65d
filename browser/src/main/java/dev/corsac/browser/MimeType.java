package dev.corsac.browser;

import dev.corsac.browser.url.Ascii;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A MIME type of the MIME Sniffing standard (https://mimesniff.spec.whatwg.org/#mime-type).
 *
 * @param essence type and subtype, in lower case
 * @param parameters the parameters
 */
record MimeType(String essence, Map<String, String> parameters) {
  private static final String WHITESPACE = "\t\n\r ";

  /** https://mimesniff.spec.whatwg.org/#parse-a-mime-type; null is failure. */
  static @Nullable MimeType parse(String input) {
    String text = Ascii.strip(input, WHITESPACE);
    int slash = text.indexOf('/');
    if (slash < 0) {
      return null;
    }
    int semicolon = text.indexOf(';', slash);
    int end = semicolon < 0 ? text.length() : semicolon;
    String type = text.substring(0, slash);
    String subtype = trimEnd(text.substring(slash + 1, end));
    if (!HttpGrammar.isToken(type) || !HttpGrammar.isToken(subtype)) {
      return null;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    int at = end;
    while (at < text.length()) {
      at++;
      while (at < text.length() && WHITESPACE.indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      int nameEnd = at;
      while (nameEnd < text.length() && ";=".indexOf(text.charAt(nameEnd)) < 0) {
        nameEnd++;
      }
      String name = Ascii.lower(text.substring(at, nameEnd));
      at = nameEnd;
      if (at >= text.length() || text.charAt(at) == ';') {
        continue;
      }
      at++;
      StringBuilder value = new StringBuilder();
      boolean quoted = at < text.length() && text.charAt(at) == '"';
      if (quoted) {
        at = quotedString(text, at, value);
        while (at < text.length() && text.charAt(at) != ';') {
          at++;
        }
      } else {
        int valueEnd = text.indexOf(';', at) < 0 ? text.length() : text.indexOf(';', at);
        value.append(trimEnd(text.substring(at, valueEnd)));
        at = valueEnd;
        if (value.isEmpty()) {
          continue;
        }
      }
      if (HttpGrammar.isToken(name) && isQuotable(value)) {
        parameters.putIfAbsent(name, value.toString());
      }
    }
    return new MimeType(Ascii.lower(type + "/" + subtype), parameters);
  }

  private static int quotedString(String text, int quote, StringBuilder value) {
    int at = quote + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at));
      at++;
    }
    return Math.min(at + 1, text.length());
  }

  private static boolean isQuotable(CharSequence value) {
    return value
        .chars()
        .allMatch(c -> c == '\t' || (c >= 0x20 && c <= 0x7e) || (c >= 0x80 && c <= 0xff));
  }

  private static String trimEnd(String text) {
    int end = text.length();
    while (end > 0 && WHITESPACE.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(0, end);
  }

  MimeType withParameter(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new MimeType(essence, more);
  }

  /** https://mimesniff.spec.whatwg.org/#serialize-a-mime-type. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(essence);
    parameters.forEach(
        (name, value) -> {
          out.append(';').append(name).append('=');
          if (HttpGrammar.isToken(value)) {
            out.append(value);
          } else {
            out.append('"').append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
          }
        });
    return out.toString();
  }
}
