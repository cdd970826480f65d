package dev.corsac.benchmarks;

import dev.corsac.CorsPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Prints what a million origins weigh and how long they take to build. */
public final class Memory {
  private static final int ORIGINS = 1_000_000;

  private static final List<Object> KEPT = new ArrayList<>();

  private Memory() {}

  /** Runs without arguments. */
  public static void main(String... arguments) {
    measure("CorsPolicy", () -> CorsPolicy.builder().allowOrigins(origins()).build());
    measure("HashSet<String>", () -> new HashSet<>(origins()));
  }

  private static List<String> origins() {
    List<String> origins = new ArrayList<>(ORIGINS);
    for (int i = 0; i < ORIGINS; i++) {
      origins.add("https://app" + i + ".example.com");
    }
    return origins;
  }

  private static void measure(String name, Supplier<Object> maker) {
    // Once unmeasured: classes are loaded and code is compiled.
    KEPT.add(maker.get());
    long before = used();
    long started = System.nanoTime();
    KEPT.add(maker.get());
    long took = System.nanoTime() - started;
    double each = (used() - before) / (double) ORIGINS;
    System.out.printf(
        Locale.ROOT,
        "%-16s %6.1f bytes an origin, built in %4d ms%n",
        name,
        each,
        took / 1_000_000);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
