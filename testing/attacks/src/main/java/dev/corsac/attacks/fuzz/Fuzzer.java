package dev.corsac.attacks.fuzz;

import dev.corsac.attacks.cases.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes attacks out of random numbers, and judges them. */
public interface Fuzzer {
  /** Longer ones are left to the cases. */
  int MOST_BYTES = 4_000;

  /** Stands for the client's name until an attempt gives it one: so it can be repeated. */
  String SOMEBODY = "n000000000000000";

  Map<String, String> OPEN = Names.of(SOMEBODY);

  String generate(Random random);

  /** What was wrong. */
  List<String> attempt(String generated) throws Exception;

  /**
   * One round; what was wrong, made small, with the seed that brings it back.
   *
   * @return empty if nothing was
   */
  default List<String> round(long seed) throws Exception {
    String generated = generate(new Random(seed));
    List<String> wrong = attempt(generated);
    if (wrong.isEmpty()) {
      return wrong;
    }
    String small = Shrinker.shrink(generated, less -> !attempt(less).isEmpty());
    List<String> last = attempt(small);
    List<String> report = new ArrayList<>();
    report.add("seed " + seed + ", " + getClass().getSimpleName());
    report.addAll(last.isEmpty() ? wrong : last);
    return report;
  }
}
