package dev.corsac.doctor.audit;

import dev.corsac.browser.Headers;
import dev.corsac.browser.WireRequest;
import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.ProblemCase;
import dev.corsac.doctor.problem.Remedy;
import dev.corsac.doctor.problem.Stack;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an {@link Audit} saw. Immutable and thread-safe. */
public final class AuditReport {
  private final String url;
  private final List<String> allowed;
  private final List<AuditFinding> findings;
  private final List<String> notes;
  private final int requests;
  private final @Nullable String stopped;

  AuditReport(
      String url,
      List<String> allowed,
      List<AuditFinding> findings,
      List<String> notes,
      int requests,
      @Nullable String stopped) {
    this.url = url;
    this.allowed = List.copyOf(allowed);
    this.findings = List.copyOf(findings);
    this.notes = List.copyOf(notes);
    this.requests = requests;
    this.stopped = stopped;
  }

  /** The URL that was asked, without user name, password and fragment. */
  public String url() {
    return url;
  }

  /** The origins that the server allows by name, of those that the audit had reason to try. */
  public List<String> allowed() {
    return allowed;
  }

  /** What was found, the worst first; at most one of a check. */
  public List<AuditFinding> findings() {
    return findings;
  }

  /** How to mend what was found on a stack, each remedy once. */
  public List<Remedy> remedies(Stack stack) {
    Facts facts =
        Facts.of(Fact.PATH, WireRequest.of("GET", url, Headers.of()).path())
            .with(Fact.ORIGIN, allowed.stream().findFirst().orElse(null));
    return findings.stream()
        .flatMap(finding -> finding.check().problem().stream())
        .flatMap(problem -> ProblemCase.of(problem, facts).remedy(stack).stream())
        .distinct()
        .toList();
  }

  /** What limits the result, or helps to read it: sentences. */
  public List<String> notes() {
    return notes;
  }

  /** How many requests were sent. */
  public int requests() {
    return requests;
  }

  /** Why the audit ended before its end; empty if it did not. */
  public Optional<String> stopped() {
    return Optional.ofNullable(stopped);
  }
}
