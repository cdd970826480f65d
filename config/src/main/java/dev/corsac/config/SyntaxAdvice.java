package dev.corsac.config;

/** Says how to mend what is not YAML, from what people usually trip over. */
final class SyntaxAdvice {
  private SyntaxAdvice() {}

  static String fix(String line, int column, String problem) {
    String before = line.substring(0, line.offsetByCodePoints(0, codePoints(line, column)));
    if (before.endsWith("\t") || line.startsWith("\t") || problem.contains("\\t")) {
      return "Indent with spaces; YAML allows no tabs.";
    }
    if (line.matches(".*[\\[{,:-]\\s*\\*([^\"']*)") || problem.contains("alias")) {
      return "Put a value that starts with * in quotes: \"*\".";
    }
    if (line.matches(".*[\\[{].*\\$\\{.*")) {
      return "Within [ ] and { } put a value with ${...} in quotes: \"${NAME}\".";
    }
    if (line.indexOf('@') >= 0 || line.indexOf('`') >= 0 || line.indexOf('%') >= 0) {
      return "Put the value in quotes.";
    }
    if (problem.contains("quoted scalar")) {
      return "Close the quotes.";
    }
    if (problem.contains("',' or")) {
      return "Close the bracket, and put a comma between entries.";
    }
    return "Write key: value, with a space after the colon and deeper lines indented alike.";
  }

  private static int codePoints(String line, int column) {
    return Math.min(column, line.codePointCount(0, line.length()));
  }
}
