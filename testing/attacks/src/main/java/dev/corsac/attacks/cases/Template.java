package dev.corsac.attacks.cases;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in what the texts of cases leave open: <code>${name}</code>, <code>${name.length}</code>
 * and <code>${name.hex}</code> (how long it is), <code>${TEXT*TIMES}</code>. Names are filled in
 * before they are measured.
 */
public final class Template {
  private static final Pattern HOLE = Pattern.compile("\\$\\{([^{}*]+)(?:\\*([0-9]+))?\\}");

  private Template() {}

  public static String fill(String text, Map<String, String> names) {
    return HOLE.matcher(text).replaceAll(hole -> Matcher.quoteReplacement(value(hole, names)));
  }

  private static String value(MatchResult hole, Map<String, String> names) {
    String name = hole.group(1);
    if (hole.group(2) != null) {
      return name.repeat(Integer.parseInt(hole.group(2)));
    }
    int dot = name.indexOf('.');
    String text = names.get(dot < 0 ? name : name.substring(0, dot));
    if (text == null) {
      throw new IllegalArgumentException("${" + name + "} is none of " + names.keySet());
    }
    String filled = fill(text, names);
    return switch (dot < 0 ? "" : name.substring(dot)) {
      case "" -> filled;
      case ".length" -> Integer.toString(filled.length());
      case ".hex" -> Integer.toHexString(filled.length());
      default -> throw new IllegalArgumentException("${" + name + "}: only .length and .hex");
    };
  }
}
