package dev.corsac.lab.decoder;

import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments of a call: strings, numbers, objects, arrays, {@code JSON.stringify(…)} and
 * {@code new Headers(…)}. A name or another call stands for itself, as text. What does not parse
 * ends the reading; what was read before stays.
 */
final class JavaScriptValues {
  private static final int DEEPEST = 20;
  private static final int MOST_VALUES = 1000;

  private final String text;
  private int at;
  private int depth;
  private int values;

  JavaScriptValues(String text, int start) {
    this.text = text;
    this.at = start;
  }

  /** The arguments up to the closing parenthesis. */
  List<Object> arguments() {
    return list(')');
  }

  private List<Object> list(char end) {
    List<Object> items = new ArrayList<>();
    while (more(end)) {
      Object value = value();
      if (value == null) {
        break;
      }
      items.add(value);
    }
    return items;
  }

  private Map<String, Object> object() {
    Map<String, Object> entries = new LinkedHashMap<>();
    while (more('}')) {
      Object key = value();
      if (key == null) {
        break;
      }
      skip();
      Object value = key;
      if (at < text.length() && text.charAt(at) == ':') {
        at++;
        value = value();
      }
      entries.put(String.valueOf(key), value == null ? "" : value);
    }
    return entries;
  }

  /** Passes a comma; false, behind it, at the end. */
  private boolean more(char end) {
    skip();
    if (at < text.length() && text.charAt(at) == ',') {
      at++;
      skip();
    }
    if (at >= text.length() || text.charAt(at) == end) {
      at = Math.min(text.length(), at + 1);
      return false;
    }
    return true;
  }

  private void skip() {
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at);
        at = end < 0 ? text.length() : end + 2;
      } else {
        return;
      }
    }
  }

  private @Nullable Object value() {
    skip();
    if (at >= text.length() || depth > DEEPEST || ++values > MOST_VALUES) {
      return null;
    }
    char c = text.charAt(at);
    if (c == '"' || c == '\'' || c == '`') {
      at++;
      return string(c);
    }
    if (c == '{' || c == '[') {
      at++;
      depth++;
      Object inner = c == '{' ? object() : list(']');
      depth--;
      return inner;
    }
    return word();
  }

  private @Nullable Object word() {
    int start = at;
    while (at < text.length() && isOfWord(text.charAt(at))) {
      at++;
    }
    String name = text.substring(start, at);
    if (name.equals("new") || name.equals("await")) {
      return value();
    }
    if (name.isEmpty()) {
      return null;
    }
    if (at < text.length() && text.charAt(at) == '(') {
      at++;
      depth++;
      List<Object> arguments = arguments();
      depth--;
      Object first = arguments.isEmpty() ? "" : arguments.get(0);
      return switch (name) {
        case "JSON.stringify" -> Json.encode(first);
        case "Headers" -> first;
        default -> name + "(…)";
      };
    }
    return literal(name);
  }

  private static Object literal(String name) {
    return switch (name) {
      case "true" -> true;
      case "false" -> false;
      default -> name.matches("-?[0-9]{1,9}") ? (Object) Integer.valueOf(name) : name;
    };
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '.' || c == '-';
  }

  private String string(char quote) {
    StringBuilder out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c != '\\' || at == text.length()) {
        out.append(c);
        continue;
      }
      char next = text.charAt(at++);
      switch (next) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case 'u' -> {
          String hex = text.substring(at, Math.min(text.length(), at + 4));
          if (hex.matches("[0-9A-Fa-f]{4}")) {
            out.append((char) Integer.parseInt(hex, 16));
            at += 4;
          }
        }
        default -> out.append(next);
      }
    }
    at = Math.min(text.length(), at + 1);
    return out.toString();
  }
}
