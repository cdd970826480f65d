package dev.corsac.doctor.audit;

import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.Resources;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code checks.yaml} says about each check. */
final class CheckTexts {
  static final String RESOURCE = "checks.yaml";

  private CheckTexts() {}

  record Text(
      String title,
      String why,
      String fix,
      @Nullable Problem problem,
      String milder,
      List<Check> impliedBy) {}

  static Text of(Check check) {
    return Objects.requireNonNull(Holder.TEXTS.get(check), check::id);
  }

  private static final class Holder {
    static final Map<Check, Text> TEXTS = read();

    private static Map<Check, Text> read() {
      Map<?, ?> entries = Resources.map(CheckTexts.class, RESOURCE);
      Map<Check, Text> texts = new EnumMap<>(Check.class);
      for (Check check : Check.values()) {
        if (entries.get(check.id()) instanceof Map<?, ?> entry) {
          Object milder = entry.get("milder");
          texts.put(
              check,
              new Text(
                  String.valueOf(entry.get("title")),
                  String.valueOf(entry.get("why")),
                  String.valueOf(entry.get("fix")),
                  problem(entry.get("problem")),
                  milder == null ? "without credentials" : milder.toString(),
                  checks(entry.get("implied-by"))));
        }
      }
      return texts;
    }

    private static @Nullable Problem problem(@Nullable Object id) {
      return id == null ? null : Problem.valueOf(constant(id));
    }

    private static String constant(Object id) {
      return id.toString().toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static List<Check> checks(@Nullable Object ids) {
      List<Check> checks = new ArrayList<>();
      if (ids instanceof List<?> list) {
        for (Object id : list) {
          checks.add(Check.valueOf(constant(id)));
        }
      }
      return List.copyOf(checks);
    }
  }
}
