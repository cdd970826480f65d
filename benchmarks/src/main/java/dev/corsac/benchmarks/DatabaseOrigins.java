package dev.corsac.benchmarks;

import dev.corsac.OriginTerms;
import dev.corsac.config.origins.OriginsFrom;
import dev.corsac.origins.LiveOrigins;
import dev.corsac.origins.OriginRow;
import dev.corsac.origins.OriginStore;
import dev.corsac.origins.OriginsStatus;
import dev.corsac.postgres.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * Prints what a million origins in a PostgreSQL cost: how long they take to register and to load,
 * what they weigh, how long a change takes until it is served, and a look-up meanwhile.
 */
public final class DatabaseOrigins {
  private static final int ORIGINS = 1_000_000;
  private static final int CHANGES = 20;
  private static final int LOOKUPS = 5_000_000;
  private static final long LONGEST_NANOS = 120_000_000_000L;

  private DatabaseOrigins() {}

  /** Runs without arguments. */
  public static void main(String... arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("corsac-benchmark");
    Path snapshot = folder.resolve("kept.snapshot");
    try (Postgres postgres = Postgres.start()) {
      OriginsFrom.Database database =
          new OriginsFrom.Database(postgres.url(), "postgres", "", "shop", Optional.of(snapshot));
      register(database);
      OriginsFrom.Database unkept =
          new OriginsFrom.Database(postgres.url(), "postgres", "", "shop", Optional.empty());
      load("first load, classes cold", unkept).close();
      long before = used();
      try (LiveOrigins live = load("load", database)) {
        say("memory", (used() - before) / (double) ORIGINS, "bytes an origin");
        lookUp(live);
        change(database, live);
        postgres.kill();
        load("start from the snapshot, database down", database).close();
      }
    } finally {
      Files.deleteIfExists(snapshot);
      Files.delete(folder);
    }
  }

  private static String origin(int number) {
    return "https://app" + number + ".example.com";
  }

  private static void register(OriginsFrom.Database database) throws IOException {
    try (OriginStore store = OriginStore.open(database)) {
      for (String what : new String[] {"import", "import of what is there"}) {
        long started = System.nanoTime();
        try (OriginStore.Import given = store.importing(OriginTerms.strict(), true)) {
          for (int i = 0; i < ORIGINS; i++) {
            given.add(OriginRow.of(origin(i)));
          }
          given.finish();
        }
        say(what, millis(started), "ms");
      }
    }
  }

  private static LiveOrigins load(String what, OriginsFrom.Database database)
      throws InterruptedException {
    long started = System.nanoTime();
    LiveOrigins live = LiveOrigins.open(database, OriginTerms.strict(), event -> {});
    await(() -> live.status().state() != OriginsStatus.State.UNREAD);
    boolean current = live.status().state() == OriginsStatus.State.CURRENT;
    say(what + (current ? "" : " (stale)"), millis(started), "ms");
    if (live.status().origins() != ORIGINS) {
      throw new IllegalStateException(live.status().toString());
    }
    return live;
  }

  private static void lookUp(LiveOrigins live) {
    for (int round = 0; round < 2; round++) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      int allowed = 0;
      long making = 0;
      for (int pass = 0; pass < 2; pass++) {
        long started = System.nanoTime();
        for (int i = 0; i < LOOKUPS; i++) {
          String origin = origin(random.nextInt(2 * ORIGINS));
          allowed += pass == 0 ? origin.length() & 1 : live.allows(origin) ? 1 : 0;
        }
        long took = System.nanoTime() - started;
        if (pass == 0) {
          making = took;
        } else if (round == 1) {
          say("look-up, half of them refused", (took - making) / (double) LOOKUPS, "ns");
        }
      }
      if (allowed == 0) {
        throw new IllegalStateException("nothing was allowed");
      }
    }
  }

  private static void change(OriginsFrom.Database database, LiveOrigins live)
      throws IOException, InterruptedException {
    try (OriginStore store = OriginStore.open(database)) {
      long total = 0;
      long longest = 0;
      for (int i = 0; i < CHANGES; i++) {
        String added = "https://new" + i + ".example.com";
        store.add(OriginRow.of(added), OriginTerms.strict());
        long started = System.nanoTime();
        await(() -> live.allows(added));
        long seen = System.nanoTime() - started;
        store.remove(added);
        started = System.nanoTime();
        await(() -> !live.allows(added));
        seen = Math.max(seen, System.nanoTime() - started);
        total += seen;
        longest = Math.max(longest, seen);
      }
      say("a change is served after", total / 1e6 / CHANGES, "ms");
      say("at the longest", longest / 1e6, "ms");
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("it took too long");
      }
      Thread.sleep(1);
    }
  }

  private static double millis(long started) {
    return (System.nanoTime() - started) / 1e6;
  }

  private static void say(String what, double value, String unit) {
    System.out.printf(Locale.ROOT, "%-42s %8.1f %s%n", what, value, unit);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
