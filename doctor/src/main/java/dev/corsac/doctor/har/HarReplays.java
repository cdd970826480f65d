package dev.corsac.doctor.har;

import dev.corsac.browser.Browser;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.doctor.explain.Explainer;
import dev.corsac.doctor.explain.Explanation;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every exchange of a HAR that the browser kept from its page, and why. */
final class HarReplays {
  private final Har har;
  private final HarIndex index;

  /** What an earlier replay went through: the later hops of a redirect, and preflights. */
  private final Set<Integer> seen = new HashSet<>();

  private HarReplays(Har har) {
    this.har = har;
    this.index = new HarIndex(har.entries());
  }

  static List<HarFinding> of(Har har) {
    HarReplays replays = new HarReplays(har);
    List<HarFinding> findings = new ArrayList<>();
    for (HarEntry entry : har.entries()) {
      if (!entry.isPreflight()) {
        replays.finding(entry).ifPresent(findings::add);
      }
    }
    // A preflight that failed may be all that was recorded.
    for (HarEntry entry : har.entries()) {
      if (entry.isPreflight()) {
        replays.finding(entry).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private Optional<HarFinding> finding(HarEntry entry) {
    if (!entry.isHttp() || !seen.add(entry.index())) {
      return Optional.empty();
    }
    Optional<Page> page = HarPage.of(har, entry);
    boolean isCors = entry.isPreflight() || entry.mayBeCors();
    if (page.isPresent() && isCors) {
      Optional<HarFinding> blocked = replayed(entry, page.get());
      if (blocked.isPresent()) {
        return blocked;
      }
    }
    return entry.isPreflight() ? Optional.empty() : failed(entry, isCors);
  }

  private Optional<HarFinding> replayed(HarEntry entry, Page page) {
    boolean credentials = HarRequest.hasCredentials(entry, index);
    Optional<HarFinding> blocked = replayed(entry, page, credentials);
    if (blocked.isEmpty() && !credentials && entry.failed() && entry.status() != 0) {
      // A HAR without cookies does not tell; the failure does.
      return replayed(entry, page, true);
    }
    return blocked;
  }

  private Optional<HarFinding> replayed(HarEntry entry, Page page, boolean credentials) {
    HarTransport recording = new HarTransport(index, entry);
    Outcome outcome =
        Browser.builder(har.browser(), recording)
            .build()
            .load(
                page,
                HarRequest.of(entry, index)
                    .credentials(
                        credentials ? CredentialsMode.INCLUDE : CredentialsMode.SAME_ORIGIN));
    seen.addAll(recording.used());
    return outcome instanceof Outcome.Blocked blocked && !recording.isIncomplete()
        ? Optional.of(blocked(entry, blocked))
        : Optional.empty();
  }

  private HarFinding blocked(HarEntry entry, Outcome.Blocked blocked) {
    ProblemCase cause = ProblemCase.of(blocked);
    boolean cached =
        cause.problem() == Problem.ALLOW_ORIGIN_MISMATCH
            && cause.facts().value().filter(each -> index.wasMadeFor(each, entry)).isPresent();
    return har.finding(
        cached ? ProblemCase.of(Problem.CACHED_FOR_ANOTHER_ORIGIN, cause.facts()) : cause,
        List.of(entry));
  }

  /** What the browser itself says of a failure. */
  private Optional<HarFinding> failed(HarEntry entry, boolean isCors) {
    if (!entry.failed()) {
      return Optional.empty();
    }
    List<Explanation> explained = Explainer.explain(entry.error());
    List<Problem> problems = new ArrayList<>();
    if (explained.isEmpty()) {
      problems.add(Problem.NO_REASON_GIVEN);
    } else {
      problems.add(explained.get(0).problem());
      problems.addAll(explained.get(0).candidates());
    }
    if (problems.get(0) == Problem.NO_REASON_GIVEN && !isCors) {
      return Optional.empty();
    }
    Facts facts =
        Facts.of(Fact.URL, entry.target())
            .with(Fact.METHOD, entry.method())
            .with(Fact.ORIGIN, entry.sent("Origin"));
    return Optional.of(
        har.finding(
            ProblemCase.of(problems.get(0), facts),
            problems.subList(1, problems.size()),
            List.of(entry)));
  }
}
