package dev.corsac.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Whether what depends on Origin says so, and whether a cache has mixed it up. */
final class CacheChecks {
  private static final String OTHER = "https://other.invalid";

  private final Prober prober;
  private final AuditFindings findings;

  CacheChecks(Prober prober, AuditFindings findings) {
    this.prober = prober;
    this.findings = findings;
  }

  /**
   * Looks at the answers to an allowed origin, to another and without one.
   *
   * @param reader an origin that may read the URL, if one is known
   * @return what was answered beside
   */
  List<Answer> run(Answer plain, Answer stranger, Optional<String> reader)
      throws IOException, InterruptedException {
    if (reader.isEmpty() || !prober.from(reader.get()).allows(reader.get())) {
      return List.of();
    }
    String origin = reader.get();
    Map<String, Answer> answers = new LinkedHashMap<>();
    answers.put("to an allowed origin", prober.from(origin));
    answers.put("to another origin", stranger);
    answers.put("without Origin", plain);
    if (dependsOnOrigin(List.copyOf(answers.values()))) {
      vary(answers);
    }
    Answer preflight = prober.preflight(origin, prober.method());
    Answer other = prober.preflight(OTHER, prober.method());
    if (preflight.isOk()
        && dependsOnOrigin(List.of(preflight, other))
        && !preflight.variesByOrigin()) {
      findings.add(Check.VARY_MISSING_PREFLIGHT, true, preflight, "No Vary: Origin");
    }
    return sharedCache(origin);
  }

  private static boolean dependsOnOrigin(List<Answer> answers) {
    return answers.stream().map(Answer::allowOrigin).map(String::valueOf).distinct().count() > 1;
  }

  private void vary(Map<String, Answer> answers) {
    List<String> missing = new ArrayList<>();
    answers.forEach(
        (who, answer) -> {
          if (answer.response() != null && !answer.variesByOrigin()) {
            missing.add(who);
          }
        });
    for (String who : missing) {
      Answer answer = Objects.requireNonNull(answers.get(who));
      findings.add(
          Check.VARY_MISSING,
          answer.isCacheable(),
          answer,
          "No Vary: Origin in the answer " + String.join(", ", missing));
    }
  }

  /** Two origins ask for one URL that nobody else asks for; a third URL tells what is usual. */
  private List<Answer> sharedCache(String origin) throws IOException, InterruptedException {
    String url = prober.freshUrl();
    Answer first = prober.cached(url, origin);
    Answer second = prober.cached(url, OTHER);
    if (!first.allows(origin) || !second.allows(origin)) {
      return List.of(first, second);
    }
    Answer fresh = prober.cached(prober.freshUrl(), OTHER);
    if (fresh.response() != null && !fresh.allows(origin)) {
      findings.add(
          Check.CACHED_FOR_ANOTHER_ORIGIN,
          true,
          second,
          "Asked for " + OTHER + ", and was given the answer for " + origin);
    }
    return List.of(first, second);
  }
}
