package dev.corsac.doctor;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The sentences of {@code says.yaml}: a problem in the words of one case. */
final class Says {
  /** The values that an {@link Explanation} names; others are only for sentences. */
  static final Set<String> PUBLIC =
      Set.of("url", "origin", "value", "method", "header", "status", "space", "code");

  /** What stands for a value that the message does not name. */
  private static final Map<String, String> UNKNOWN =
      Map.of(
          "url", "the server",
          "origin", "the page's origin",
          "method", "the method",
          "header", "a header that the page sets",
          "value", "another value",
          "status", "an error",
          "space", "local");

  private Says() {}

  static String of(Problem problem, Map<String, String> values) {
    Object sentence = Holder.SENTENCES.get(problem.id());
    String text = sentence == null ? problem.title() + "." : filled(sentence.toString(), values);
    // A URL at the start of a sentence stays as it is.
    boolean name =
        sentence != null && sentence.toString().startsWith("<") && values.containsKey("url");
    return name ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** The sentences of the file as they stand, by the problem's id. */
  static Map<?, ?> sentences() {
    return Holder.SENTENCES;
  }

  /** Parts in brackets are left out if a value in them is not known. */
  private static String filled(String sentence, Map<String, String> values) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    int open;
    while ((open = sentence.indexOf('[', from)) >= 0) {
      int close = sentence.indexOf(']', open);
      out.append(replaced(sentence.substring(from, open), values, false));
      out.append(replaced(sentence.substring(open + 1, close), values, true));
      from = close + 1;
    }
    return out.append(replaced(sentence.substring(from), values, false)).toString();
  }

  private static String replaced(String part, Map<String, String> values, boolean optional) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    int open;
    while ((open = part.indexOf('<', from)) >= 0) {
      int close = part.indexOf('>', open);
      String name = part.substring(open + 1, close);
      String value = values.get(name);
      if (value == null && optional) {
        return "";
      }
      out.append(part, from, open);
      out.append(
          value == null
              ? Objects.requireNonNullElse(UNKNOWN.get(name), "")
              : value.isEmpty() ? "empty" : value);
      from = close + 1;
    }
    return out.append(part.substring(from)).toString();
  }

  private static final class Holder {
    static final Map<?, ?> SENTENCES = Yaml.read("says.yaml");
  }
}
