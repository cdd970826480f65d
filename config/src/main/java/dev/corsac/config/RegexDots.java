package dev.corsac.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dots of a regular expression that were meant as the dots of a host. */
final class RegexDots {
  /** A dot after the end and before the start of a label, or what may be one; no repetition. */
  private static final Pattern DOT =
      Pattern.compile(
          "(?<=[A-Za-z0-9\\])}*+])(?<!\\\\[A-Za-z])\\.(?=[A-Za-z0-9(\\[])(?![^\\[]*\\])");

  private static final Pattern REPEAT = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");
  private static final Pattern AROUND =
      Pattern.compile(
          "[A-Za-z0-9-]*" + DOT.pattern() + "(?:[A-Za-z0-9-]|\\\\?\\.(?=[A-Za-z0-9]))*");

  private RegexDots() {}

  /** The expression with those dots escaped. */
  static String escaped(String regex) {
    return DOT.matcher(regex).replaceAll(Matcher.quoteReplacement("\\."));
  }

  /** The first such dot with the labels around it, as meant. */
  static String meant(String regex) {
    Matcher around = AROUND.matcher(regex);
    String meant = around.find() ? around.group().replace("\\", "") : ".";
    return meant.startsWith(".") ? "a" + meant : meant;
  }

  /** The same with a letter in the dot's place. */
  static String lookAlike(String regex) {
    String meant = meant(regex);
    int dot = meant.indexOf('.');
    return meant.substring(0, dot) + "x" + meant.substring(dot + 1);
  }

  /** About how often an expression repeats something, which its compiled form grows with. */
  static long repeats(String regex) {
    long product = 1;
    Matcher matcher = REPEAT.matcher(regex);
    while (matcher.find()) {
      String most =
          matcher.group(2) == null || matcher.group(2).isEmpty()
              ? matcher.group(1)
              : matcher.group(2);
      product = Math.min(Integer.MAX_VALUE, product * Math.max(1, Long.parseLong(most)));
    }
    return product;
  }
}
