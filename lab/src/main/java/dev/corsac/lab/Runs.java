package dev.corsac.lab;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The runs of the last visitors; the oldest makes room for a new one. Thread-safe. */
final class Runs {
  static final int MOST_RUNS = 200;

  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int ID_LENGTH = 10;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Run> runs = new LinkedHashMap<>();

  /** An id that cannot be guessed. */
  String newId() {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  synchronized void add(Run run) {
    runs.put(run.id(), run);
    if (runs.size() > MOST_RUNS) {
      runs.remove(runs.keySet().iterator().next());
    }
  }

  synchronized Optional<Run> get(String id) {
    return Optional.ofNullable(runs.get(id));
  }
}
