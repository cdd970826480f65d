package dev.corsac.benchmarks;

import dev.corsac.CorsPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Prints what origins weigh and how long they take to build, in a policy and in a {@code
 * HashSet<String>}, which keeps the strings that it is built of.
 */
public final class Memory {
  private static final int WARM = 100_000;

  private static final List<Object> KEPT = new ArrayList<>();

  private Memory() {}

  /**
   * Runs with the name of an {@link OriginShape} and a number of origins; without, for a million of
   * the usual kind.
   */
  public static void main(String... arguments) {
    OriginShape shape = OriginShape.valueOf(arguments.length > 0 ? arguments[0] : "EXACT");
    int size = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
    measure("CorsPolicy", shape, size, each -> CorsPolicy.builder().allowOrigins(each).build());
    measure("HashSet<String>", shape, size, HashSet::new);
  }

  private static void measure(
      String name, OriginShape shape, int size, Function<List<String>, Object> maker) {
    for (int i = 0; i < 5; i++) {
      build(shape.entries(WARM), maker);
      KEPT.clear();
    }
    long before = used();
    long took = build(shape.entries(size), maker);
    System.out.printf(
        Locale.ROOT,
        "%-9s %9d %-16s %8.1f bytes an origin, built in %8.1f ms%n",
        shape,
        size,
        name,
        (used() - before) / (double) size,
        took / 1e6);
  }

  private static long build(List<String> origins, Function<List<String>, Object> maker) {
    System.gc();
    long started = System.nanoTime();
    KEPT.add(maker.apply(origins));
    return System.nanoTime() - started;
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
