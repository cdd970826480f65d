package dev.corsac.lab;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The runs of the last visitors. One that nobody has used for an hour ends, and the one that was
 * not used for longest makes room for a new one. Thread-safe.
 */
final class Runs {
  static final int MOST_RUNS = 200;

  static final Duration IDLE = Duration.ofHours(1);

  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int ID_LENGTH = 10;

  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock;
  // In the order of their last use.
  private final Map<String, Used> runs = new LinkedHashMap<>();

  private record Used(Run run, Instant last) {}

  Runs() {
    this(InstantSource.system());
  }

  Runs(InstantSource clock) {
    this.clock = clock;
  }

  /** An id that cannot be guessed. */
  String newId() {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  synchronized void add(Run run) {
    endIdle();
    runs.put(run.id(), new Used(run, clock.instant()));
    if (runs.size() > MOST_RUNS) {
      runs.remove(runs.keySet().iterator().next());
    }
  }

  synchronized Optional<Run> get(String id) {
    endIdle();
    Used used = runs.remove(id);
    if (used == null) {
      return Optional.empty();
    }
    runs.put(id, new Used(used.run(), clock.instant()));
    return Optional.of(used.run());
  }

  synchronized int size() {
    return runs.size();
  }

  private void endIdle() {
    Instant end = clock.instant().minus(IDLE);
    Iterator<Used> oldest = runs.values().iterator();
    while (oldest.hasNext() && oldest.next().last().isBefore(end)) {
      oldest.remove();
    }
  }
}
