package dev.corsac.doctor.audit;

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
   * Looks at the responses to an allowed origin, to another and without one.
   *
   * @param reader an origin that may read the URL, if one is known
   * @return the other responses
   */
  List<ProbeResult> run(ProbeResult plain, ProbeResult stranger, Optional<String> reader)
      throws IOException, InterruptedException {
    if (reader.isEmpty() || !prober.from(reader.get()).allows(reader.get())) {
      return List.of();
    }
    String origin = reader.get();
    Map<String, ProbeResult> answers = new LinkedHashMap<>();
    answers.put("to an allowed origin", prober.from(origin));
    answers.put("to another origin", stranger);
    answers.put("without Origin", plain);
    if (dependsOnOrigin(List.copyOf(answers.values()))) {
      vary(answers);
    }
    ProbeResult preflight = prober.preflight(origin, prober.method());
    ProbeResult other = prober.preflight(OTHER, prober.method());
    if (preflight.isOk()
        && dependsOnOrigin(List.of(preflight, other))
        && !preflight.variesByOrigin()) {
      findings.add(Check.VARY_MISSING_PREFLIGHT, true, preflight, "No Vary: Origin");
    }
    return sharedCache(origin);
  }

  private static boolean dependsOnOrigin(List<ProbeResult> answers) {
    return answers.stream().map(ProbeResult::allowOrigin).map(String::valueOf).distinct().count()
        > 1;
  }

  private void vary(Map<String, ProbeResult> answers) {
    List<String> missing = new ArrayList<>();
    answers.forEach(
        (who, answer) -> {
          if (answer.response() != null && !answer.variesByOrigin()) {
            missing.add(who);
          }
        });
    for (String who : missing) {
      ProbeResult answer = Objects.requireNonNull(answers.get(who));
      findings.add(
          Check.VARY_MISSING,
          answer.isCacheable(),
          answer,
          "No Vary: Origin in the response " + String.join(", ", missing));
    }
  }

  /** Two origins ask for one URL that nobody else asks for; a third URL tells what is usual. */
  private List<ProbeResult> sharedCache(String origin) throws IOException, InterruptedException {
    String url = prober.freshUrl();
    ProbeResult first = prober.cached(url, origin);
    ProbeResult second = prober.cached(url, OTHER);
    if (!first.allows(origin) || !second.allows(origin)) {
      return List.of(first, second);
    }
    ProbeResult fresh = prober.cached(prober.freshUrl(), OTHER);
    if (fresh.response() != null && !fresh.allows(origin)) {
      findings.add(
          Check.CACHED_FOR_ANOTHER_ORIGIN,
          true,
          second,
          "Asked for " + OTHER + ", and was given the response for " + origin);
    }
    return List.of(first, second);
  }
}
