package dev.corsac.config.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dots of a regular expression that were meant as the dots of a host. */
public final class UnescapedDots {
  /** A dot after the end and before the start of a label, or what may be one; no repetition. */
  private static final Pattern DOT =
      Pattern.compile(
          "(?<=[A-Za-z0-9\\])}*+])(?<!\\\\[A-Za-z])\\.(?=[A-Za-z0-9(\\[])(?![^\\[]*\\])");

  private static final Pattern REPEAT = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");

  private static final int MOST = 10;

  private UnescapedDots() {}

  /** The expression with those dots escaped. */
  public static String escaped(String regex) {
    return DOT.matcher(regex).replaceAll(Matcher.quoteReplacement("\\."));
  }

  /**
   * The expression with one of those dots as any character but a dot, for each of the first of
   * them.
   */
  public static List<String> otherwise(String regex) {
    List<String> all = new ArrayList<>();
    Matcher dot = DOT.matcher(regex);
    while (all.size() < MOST && dot.find()) {
      all.add(regex.substring(0, dot.start()) + "[^.]" + regex.substring(dot.end()));
    }
    return all;
  }

  /** About how often an expression repeats something, which its compiled form grows with. */
  public static long repeats(String regex) {
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
