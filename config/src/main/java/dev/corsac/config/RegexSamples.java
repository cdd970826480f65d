package dev.corsac.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Texts that a regular expression matches, a few of each shape: what a reviewer would try.
 *
 * <p>Found by walking the expression once; each repetition is tried empty and once, each class with
 * its first character. What it does not understand gives texts that do not match, which are no
 * harm.
 */
final class RegexSamples {
  private static final int MOST = 64;
  private static final int MOST_REPEATS = 64;
  private static final String CANDIDATES = "abcdefghijklmnopqrstuvwxyz1234567890-._:/ABCXYZ@ ";

  private final String regex;
  private int at;
  private boolean exact = true;

  private RegexSamples(String regex) {
    this.regex = regex;
  }

  /**
   * @param exact whether these are all texts that match
   */
  record Result(Set<String> texts, boolean exact) {}

  /** Samples of an expression that compiles. */
  static Result of(String regex) {
    RegexSamples samples = new RegexSamples(regex);
    List<String> texts = samples.alternatives();
    boolean exact = samples.exact && samples.at == regex.length();
    return new Result(new LinkedHashSet<>(texts), exact);
  }

  private List<String> alternatives() {
    List<String> all = new ArrayList<>(sequence());
    while (peek() == '|') {
      at++;
      addAll(all, sequence());
    }
    return all;
  }

  private List<String> sequence() {
    List<String> all = List.of("");
    while (at < regex.length() && peek() != '|' && peek() != ')') {
      List<String> parts = repeated(atom());
      List<String> longer = new ArrayList<>();
      for (String start : all) {
        addAll(longer, parts.stream().map(start::concat).toList());
      }
      all = longer;
    }
    return all;
  }

  private void addAll(List<String> all, List<String> more) {
    for (String text : more) {
      if (all.size() == MOST) {
        exact = false;
        return;
      }
      all.add(text);
    }
  }

  private List<String> repeated(List<String> once) {
    List<String> all = once;
    char c = peek();
    if (c == '?' || c == '*' || c == '+') {
      at++;
      exact &= c == '?';
      all = c == '+' ? once : withEmpty(once);
    } else if (c == '{' && regex.startsWith("{", at) && isCount()) {
      String[] bounds = regex.substring(at + 1, regex.indexOf('}', at)).split(",", 2);
      at = regex.indexOf('}', at) + 1;
      exact = false;
      int least = Integer.parseInt(bounds[0]);
      int times = Math.min(Math.max(1, least), MOST_REPEATS);
      all = once.stream().map(text -> text.repeat(times)).toList();
      all = least == 0 ? withEmpty(all) : all;
    }
    if (all != once || c == '+') {
      at += peek() == '?' ? 1 : 0;
    }
    return all;
  }

  private boolean isCount() {
    int end = regex.indexOf('}', at);
    return end > 0 && regex.substring(at + 1, end).matches("[0-9]{1,4}(,[0-9]{0,4})?");
  }

  private static List<String> withEmpty(List<String> texts) {
    List<String> all = new ArrayList<>();
    all.add("");
    all.addAll(texts);
    return all;
  }

  private List<String> atom() {
    char c = regex.charAt(at++);
    return switch (c) {
      case '(' -> group();
      case '[' -> oneOf();
      case '\\' -> escape();
      case '^', '$' -> List.of("");
      case '.' -> some("a");
      default -> List.of(String.valueOf(c));
    };
  }

  private List<String> group() {
    if (peek() == '?') {
      int start = regex.startsWith("?P<", at) ? regex.indexOf('>', at) : at;
      while (start < regex.length() && ":)>".indexOf(regex.charAt(start)) < 0) {
        start++;
      }
      boolean flags = start < regex.length() && regex.charAt(start) == ')';
      exact &= regex.startsWith("?:", at) || regex.startsWith("?P<", at);
      at = Math.min(start + 1, regex.length());
      if (flags) {
        return List.of("");
      }
    }
    List<String> inner = alternatives();
    at = Math.min(at + 1, regex.length());
    return inner;
  }

  private List<String> oneOf() {
    int start = at - 1;
    at += peek() == '^' ? 1 : 0;
    at += peek() == ']' ? 1 : 0;
    while (at < regex.length() && peek() != ']') {
      if (regex.startsWith("[:", at) && regex.indexOf(":]", at) > 0) {
        at = regex.indexOf(":]", at) + 1;
      } else if (peek() == '\\') {
        at++;
      }
      at++;
    }
    at = Math.min(at + 1, regex.length());
    return some(firstMatching(regex.substring(start, at)));
  }

  private List<String> escape() {
    if (at == regex.length()) {
      return List.of("");
    }
    char c = regex.charAt(at++);
    if (c == 'Q') {
      int end = regex.indexOf("\\E", at);
      String literal = regex.substring(at, end < 0 ? regex.length() : end);
      at = end < 0 ? regex.length() : end + 2;
      return List.of(literal);
    }
    if (!Character.isLetterOrDigit(c)) {
      return List.of(String.valueOf(c));
    }
    if ("AzbB".indexOf(c) >= 0) {
      exact &= c == 'A' || c == 'z';
      return List.of("");
    }
    int start = at - 2;
    boolean braces = (c == 'p' || c == 'P' || c == 'x') && peek() == '{';
    int length = braces ? regex.indexOf('}', at) + 1 - at : c == 'x' ? 2 : c == 'p' ? 1 : 0;
    at = Math.min(at + Math.max(0, length), regex.length());
    return some(firstMatching(regex.substring(start, at)));
  }

  private static String firstMatching(String oneCharacter) {
    try {
      Pattern pattern = Pattern.compile(oneCharacter);
      for (int i = 0; i < CANDIDATES.length(); i++) {
        String candidate = CANDIDATES.substring(i, i + 1);
        if (pattern.matches(candidate)) {
          return candidate;
        }
      }
    } catch (PatternSyntaxException e) {
      return "";
    }
    return "";
  }

  private List<String> some(String text) {
    exact = false;
    return List.of(text);
  }

  private char peek() {
    return at < regex.length() ? regex.charAt(at) : '\0';
  }
}
