package dev.corsac.doctor;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code problems.yaml} says about each problem. */
final class ProblemTexts {
  private static final String RESOURCE = "problems.yaml";

  private ProblemTexts() {}

  record Text(String title, String why, String fix, @Nullable String remedy) {}

  static Text of(Problem problem) {
    return Objects.requireNonNull(Holder.TEXTS.get(problem), problem::id);
  }

  /** Every entry of the file as it stands, by its key. */
  static Map<?, ?> entries() {
    return Yaml.read(RESOURCE);
  }

  private static final class Holder {
    static final Map<Problem, Text> TEXTS = read();

    private static Map<Problem, Text> read() {
      Map<?, ?> entries = entries();
      Map<Problem, Text> texts = new EnumMap<>(Problem.class);
      for (Problem problem : Problem.values()) {
        if (entries.get(problem.id()) instanceof Map<?, ?> entry) {
          Object remedy = entry.get("remedy");
          texts.put(
              problem,
              new Text(
                  String.valueOf(entry.get("title")),
                  String.valueOf(entry.get("why")),
                  String.valueOf(entry.get("fix")),
                  remedy == null ? null : remedy.toString()));
        }
      }
      return texts;
    }
  }
}
