package dev.corsac.doctor.har;

import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What worked in a HAR, but fails for others or costs more than it should. */
final class HarSuspicions {
  /** Two preflights of a URL are one for each of two methods. */
  private static final int OFTEN = 3;

  private final Har har;

  private HarSuspicions(Har har) {
    this.har = har;
  }

  static List<HarFinding> of(Har har) {
    return new HarSuspicions(har).findings();
  }

  private List<HarFinding> findings() {
    List<HarFinding> findings = new ArrayList<>();
    Map<String, List<HarEntry>> preflights = new LinkedHashMap<>();
    for (HarEntry entry : har.entries()) {
      if (entry.isPreflight()) {
        preflights.computeIfAbsent(entry.target(), unused -> new ArrayList<>()).add(entry);
      } else {
        varyMissing(entry).ifPresent(findings::add);
      }
    }
    preflights.forEach((url, entries) -> repeated(url, entries).ifPresent(findings::add));
    return findings;
  }

  /** A response that names the origin that asked, and that a cache may give to another. */
  private Optional<HarFinding> varyMissing(HarEntry entry) {
    String origin = entry.sent("Origin");
    String allowed = entry.answered("Access-Control-Allow-Origin");
    String cacheControl = Objects.requireNonNullElse(entry.answered("Cache-Control"), "");
    if (allowed == null
        || !allowed.equals(origin)
        || cacheControl.contains("no-store")
        || entry.response().variesBy("Origin")) {
      return Optional.empty();
    }
    Facts facts =
        Facts.of(Fact.URL, entry.target()).with(Fact.ORIGIN, allowed).with(Fact.VALUE, allowed);
    return Optional.of(har.finding(ProblemCase.of(Problem.VARY_MISSING, facts), List.of(entry)));
  }

  private Optional<HarFinding> repeated(String url, List<HarEntry> preflights) {
    List<HarEntry> passed =
        preflights.stream().filter(each -> each.status() >= 200 && each.status() < 300).toList();
    if (passed.size() < OFTEN) {
      return Optional.empty();
    }
    HarEntry answer = passed.get(passed.size() - 1);
    Facts facts = Facts.of(Fact.URL, url);
    String maxAge = answer.answered("Access-Control-Max-Age");
    Problem problem;
    if (maxAge == null) {
      problem = Problem.NO_MAX_AGE;
    } else if (!maxAge.strip().matches("[1-9][0-9]{0,17}")) {
      problem = Problem.MAX_AGE_ZERO;
      facts = facts.with(Fact.VALUE, maxAge);
    } else {
      problem = hasStar(answer) ? Problem.STAR_NOT_REMEMBERED : Problem.PREFLIGHT_NEEDED;
    }
    return Optional.of(har.finding(ProblemCase.of(problem, facts), passed));
  }

  private static boolean hasStar(HarEntry answer) {
    return "*".equals(answer.answered("Access-Control-Allow-Methods"))
        || "*".equals(answer.answered("Access-Control-Allow-Headers"));
  }
}
