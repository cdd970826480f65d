package dev.corsac.doctor.har;

import dev.corsac.browser.Browser;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Outcome;
import dev.corsac.doctor.explain.Explainer;
import dev.corsac.doctor.explain.Explanation;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every exchange of a HAR that the browser kept from its page, and why. */
final class HarReplays {
  /** What Firefox records without a word; what CORS blocked it records with its response. */
  private static final List<Problem> NOT_CONNECTED =
      List.of(
          Problem.CONNECTION_REFUSED,
          Problem.NAME_NOT_RESOLVED,
          Problem.CERTIFICATE,
          Problem.BLOCKED_BY_EXTENSION,
          Problem.REQUEST_ABORTED);

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
    // What was read, or given up, is news only after what was blocked.
    findings.sort(Comparator.comparingInt(each -> rank(each.problemCase().problem())));
    return findings;
  }

  private static int rank(Problem problem) {
    return switch (problem) {
      case HTTP_ERROR -> 1;
      case REQUEST_ABORTED -> 2;
      default -> 0;
    };
  }

  private Optional<HarFinding> finding(HarEntry entry) {
    if (!entry.isHttp() || !seen.add(entry.index())) {
      return Optional.empty();
    }
    Optional<HarPage> page = HarPage.of(har, entry);
    boolean isCors = entry.isPreflight() || entry.mayBeCors();
    if (entry.failed() && entry.ofServiceWorker() && isCors) {
      return Optional.of(
          har.finding(ProblemCase.of(Problem.SERVICE_WORKER, facts(entry)), List.of(entry)));
    }
    if (page.isPresent() && isCors && !(page.get().isOfExtension() && !entry.failed())) {
      Optional<HarFinding> blocked = replayed(entry, page.get());
      if (blocked.isPresent()) {
        return blocked;
      }
    }
    if (entry.isPreflight()) {
      return Optional.empty();
    }
    return entry.failed() ? failed(entry, page, isCors) : read(entry, page, isCors);
  }

  private Optional<HarFinding> replayed(HarEntry entry, HarPage page) {
    boolean credentials = HarRequest.hasCredentials(entry, index);
    Optional<HarFinding> blocked = replayed(entry, page, credentials);
    if (blocked.isEmpty() && !credentials && entry.failed() && entry.status() != 0) {
      // A HAR without cookies does not tell; the failure does.
      return replayed(entry, page, true);
    }
    return blocked;
  }

  private Optional<HarFinding> replayed(HarEntry entry, HarPage page, boolean credentials) {
    HarTransport recording = new HarTransport(index, entry, page);
    Outcome outcome =
        Browser.builder(har.browser(), recording)
            .build()
            .load(
                page.page(),
                HarRequest.of(entry, index)
                    .credentials(
                        credentials ? CredentialsMode.INCLUDE : CredentialsMode.SAME_ORIGIN));
    seen.addAll(recording.used());
    return outcome instanceof Outcome.Blocked blocked && !recording.isIncomplete()
        ? Optional.of(blocked(entry, page, blocked))
        : Optional.empty();
  }

  private HarFinding blocked(HarEntry entry, HarPage page, Outcome.Blocked blocked) {
    ProblemCase cause = ProblemCase.of(blocked);
    Facts facts = cause.facts().with(Fact.ORIGIN, page.origin());
    cause = cause.withFacts(facts);
    boolean forAnother =
        cause.problem() == Problem.ALLOW_ORIGIN_MISMATCH
            && facts.value().filter(each -> index.wasMadeFor(each, entry)).isPresent();
    if (forAnother) {
      return har.finding(ProblemCase.of(Problem.CACHED_FOR_ANOTHER_ORIGIN, facts), List.of(entry));
    }
    boolean withoutCors =
        cause.problem() == Problem.ALLOW_ORIGIN_MISSING
            && (!entry.cache().isEmpty()
                || (entry.sent("Origin") == null && index.wasLoadedWithoutCors(entry)));
    return withoutCors ? cachedWithoutCors(entry, facts) : har.finding(cause, List.of(entry));
  }

  /** What the page read of another origin, and was an error all the same. */
  private Optional<HarFinding> read(HarEntry entry, Optional<HarPage> page, boolean isCors) {
    return isCors
            && entry.status() >= 400
            && page.filter(each -> each.isForeign(entry.target())).isPresent()
        ? Optional.of(
            har.finding(
                ProblemCase.of(
                    Problem.HTTP_ERROR,
                    facts(entry).with(Fact.STATUS, String.valueOf(entry.status()))),
                List.of(entry)))
        : Optional.empty();
  }

  /** What the browser itself says of a failure. */
  private Optional<HarFinding> failed(HarEntry entry, Optional<HarPage> page, boolean isCors) {
    List<Explanation> explained = explained(entry.error());
    Facts facts =
        facts(entry).orElse(Facts.of().with(Fact.ORIGIN, page.map(HarPage::origin).orElse(null)));
    if (isCors && entry.isUnexplained() && index.wasLoadedWithoutCors(entry)) {
      // Chromium writes neither headers nor a cache for what it took from its own.
      return Optional.of(cachedWithoutCors(entry, facts));
    }
    List<Problem> problems = new ArrayList<>();
    if (entry.isAborted()) {
      problems.add(Problem.REQUEST_ABORTED);
    } else if (explained.isEmpty()) {
      problems.add(Problem.NO_REASON_GIVEN);
      problems.addAll(NOT_CONNECTED);
    } else {
      problems.add(explained.get(0).problem());
      problems.addAll(explained.get(0).candidates());
      facts = facts.orElse(explained.get(0).facts());
    }
    boolean saysLittle =
        problems.get(0) == Problem.NO_REASON_GIVEN || problems.get(0) == Problem.REQUEST_ABORTED;
    if (saysLittle && !isCors) {
      return Optional.empty();
    }
    if (problems.get(0) == Problem.NO_REASON_GIVEN) {
      facts = facts.with(Fact.REASON, "recording");
    }
    return Optional.of(
        har.finding(
            ProblemCase.of(problems.get(0), facts),
            problems.subList(1, problems.size()),
            List.of(entry)));
  }

  private static List<Explanation> explained(String error) {
    List<Explanation> explained = Explainer.explain(error);
    // Safari's console puts these words before the ones that it records alone.
    return explained.isEmpty() && !error.isEmpty()
        ? Explainer.explain("Failed to load resource: " + error)
        : explained;
  }

  private HarFinding cachedWithoutCors(HarEntry entry, Facts facts) {
    return har.finding(
        ProblemCase.of(Problem.CACHED_FOR_ANOTHER_ORIGIN, facts.with(Fact.REASON, "browser-cache")),
        List.of(Problem.ALLOW_ORIGIN_MISSING),
        List.of(entry));
  }

  private static Facts facts(HarEntry entry) {
    return Facts.of(Fact.URL, entry.target())
        .with(Fact.METHOD, entry.method())
        .with(Fact.ORIGIN, entry.sent("Origin"));
  }
}
