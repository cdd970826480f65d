package dev.corsac.lab.decoder;

import java.util.ArrayList;
import java.util.List;

/** Splits a command into words, as bash does, or cmd where its {@code ^} is used. */
final class ShellWords {
  private static final int MOST_WORDS = 500;

  private final String text;
  private int at;

  private ShellWords(String text) {
    this.text = text;
  }

  /** The words of the first command. */
  static List<String> of(String command) {
    boolean windows = command.contains("^\"") || command.contains("^\n") || command.contains("^\r");
    return new ShellWords(windows ? command.replaceAll("\\^(\\r?\\n|.)", "$1") : command).words();
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    while (words.size() < MOST_WORDS) {
      skipSpace();
      if (at == text.length() || "|;&\n\r".indexOf(text.charAt(at)) >= 0) {
        break;
      }
      words.add(word());
    }
    return words;
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t') {
        at++;
      } else if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
        at += 2;
      } else if (c == '\\' && text.startsWith("\\\r\n", at)) {
        at += 3;
      } else if ((c == '\n' || c == '\r') && nextIsOption()) {
        at++;
      } else {
        return;
      }
    }
  }

  /** People copy commands without the backslashes that join their lines. */
  private boolean nextIsOption() {
    int next = at;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next < text.length() && text.charAt(next) == '-';
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) < 0) {
      char c = text.charAt(at++);
      if (c == '\'') {
        at = literal(word, at);
      } else if (c == '$' && at < text.length() && text.charAt(at) == '\'') {
        at = escaped(word, at + 1, '\'');
      } else if (c == '"') {
        at = escaped(word, at, '"');
      } else if (c == '\\' && at < text.length()) {
        word.append(text.charAt(at++));
      } else {
        word.append(c);
      }
    }
    return word.toString();
  }

  private int literal(StringBuilder word, int start) {
    int end = text.indexOf('\'', start);
    int stop = end < 0 ? text.length() : end;
    word.append(text, start, stop);
    return Math.min(text.length(), stop + 1);
  }

  private int escaped(StringBuilder word, int start, char quote) {
    int i = start;
    while (i < text.length() && text.charAt(i) != quote) {
      char c = text.charAt(i++);
      if (c != '\\' || i == text.length()) {
        word.append(c);
        continue;
      }
      char next = text.charAt(i++);
      if (quote == '"') {
        word.append("\"\\$`".indexOf(next) >= 0 ? "" : "\\").append(next);
      } else {
        word.append(next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next);
      }
    }
    return Math.min(text.length(), i + 1);
  }
}
