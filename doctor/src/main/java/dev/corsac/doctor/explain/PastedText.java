package dev.corsac.doctor.explain;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text that somebody pasted, in the one form in which {@link Template}s look for their words:
 * quotes are straight, white space is one space, HTML entities are characters, and lower case
 * counts.
 *
 * <p>Counts the characters that were looked at, since that is what must grow no faster than the
 * text.
 */
final class PastedText {
  /** So many characters are read; what follows them is not. */
  static final int LIMIT = 64 * 1024;

  private static final int LONGEST_ENTITY = 8;
  private static final int LONGEST_GAP = 16;

  private static final Map<String, String> ENTITIES =
      Map.ofEntries(
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("nbsp", " "),
          Map.entry("lsquo", "'"),
          Map.entry("rsquo", "'"),
          Map.entry("ldquo", "\""),
          Map.entry("rdquo", "\""));

  /** A line's end is a line feed here and a space in {@link #folded}; both are equally long. */
  private final String text;

  private final String folded;
  private long work;

  private PastedText(String text) {
    this.text = text;
    this.folded = fold(text);
  }

  static PastedText of(String raw) {
    return new PastedText(normalize(raw.length() > LIMIT ? raw.substring(0, LIMIT) : raw));
  }

  /** The words of a template in the form of this text. */
  static String folded(String words) {
    return fold(normalize(words));
  }

  int length() {
    return text.length();
  }

  /** The whole text; where lines end, it has line feeds. */
  String text() {
    work += text.length();
    return text;
  }

  /** How many characters were looked at since this was made. */
  long work() {
    return work;
  }

  /** Where the literal begins at or after {@code from}, all of it before {@code to}; or -1. */
  int indexOf(String literal, int from, int to) {
    int last = to - literal.length();
    if (to == folded.length()) {
      int at = folded.indexOf(literal, from);
      work += at < 0 ? to - from : at - from + 1;
      return at;
    }
    for (int at = from; at <= last; at++) {
      work++;
      if (folded.startsWith(literal, at)) {
        return at;
      }
    }
    return -1;
  }

  /** Where the literal begins at or after {@code from}, the last one that ends by {@code to}. */
  int lastIndexOf(String literal, int from, int to) {
    for (int at = to - literal.length(); at >= from; at--) {
      work++;
      if (folded.startsWith(literal, at)) {
        return at;
      }
    }
    return -1;
  }

  /** What was pasted between two places, on one line. */
  String between(int from, int to) {
    work += to - from;
    return text.substring(from, to).replace('\n', ' ').strip();
  }

  /** The end of the word that begins at {@code from} or after spaces there. */
  int endOfWord(int from, int to) {
    int end = from;
    while (end < to && folded.charAt(end) == ' ') {
      end++;
    }
    while (end < to && folded.charAt(end) != ' ') {
      end++;
    }
    work += end - from;
    return end;
  }

  /** The start of the word that ends at {@code to} or before spaces there. */
  int startOfWord(int from, int to) {
    int start = to;
    while (start > from && folded.charAt(start - 1) == ' ') {
      start--;
    }
    while (start > from && folded.charAt(start - 1) != ' ') {
      start--;
    }
    work += to - start;
    return start;
  }

  /** Whether no word but "Reason" stands between two places near each other. */
  boolean isGap(int from, int to) {
    if (from > to || to - from > LONGEST_GAP) {
      return false;
    }
    String gap = folded.substring(from, to).replace("reason", "");
    work += to - from;
    return gap.chars().noneMatch(Character::isLetterOrDigit);
  }

  /** The end of the line that {@code from} is on. */
  int endOfLine(int from, int to) {
    int end = text.indexOf('\n', from);
    end = end < 0 || end > to ? to : end;
    work += end - from;
    return end;
  }

  private static String normalize(String raw) {
    StringBuilder out = new StringBuilder(raw.length());
    boolean space = false;
    boolean line = false;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '&') {
        String next = raw.substring(i + 1, Math.min(raw.length(), i + 1 + LONGEST_ENTITY));
        int end = next.indexOf(';');
        String decoded = end < 0 ? null : entity(next.substring(0, end));
        if (decoded != null) {
          c = decoded.charAt(0);
          i += 1 + end;
        }
      }
      c = plain(c);
      if (c == 0) {
        continue;
      }
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        space = true;
        line |= c == '\n' || c == '\r';
        continue;
      }
      if (space && out.length() > 0) {
        out.append(line ? '\n' : ' ');
      }
      space = false;
      line = false;
      out.append(c);
    }
    return space ? out.append(line ? '\n' : ' ').toString() : out.toString();
  }

  private static @Nullable String entity(String name) {
    if (name.startsWith("#")) {
      boolean hex = name.startsWith("#x") || name.startsWith("#X");
      try {
        int code = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
        return code > 0 && code <= Character.MAX_VALUE ? String.valueOf((char) code) : null;
      } catch (NumberFormatException e) {
        return null;
      }
    }
    return ENTITIES.get(name);
  }

  /** The character that is meant; 0 for one that is not seen. */
  private static char plain(char c) {
    return switch (c) {
      case '\u2018', '\u2019', '\u201a', '\u201b', '\u2032', '\u00b4', '`' -> '\'';
      case '\u201c', '\u201d', '\u201e', '\u201f', '\u2033', '\u00ab', '\u00bb' -> '"';
      case '\u300c', '\u300d', '\u300e', '\u300f' -> '"';
      case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad' -> 0;
      case '\u200e', '\u200f', '\u061c' -> 0;
      default -> c;
    };
  }

  private static String fold(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Character by character: whole strings may get longer in lower case.
      // People, and browsers in their years, quote the same value now so and now so.
      out.append(c == '\n' ? ' ' : c == '"' ? '\'' : Character.toLowerCase(c));
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d characters", text.length());
  }
}
