package dev.corsac.doctor.audit;

import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import java.util.Objects;

/**
 * One thing that an {@link Audit} found, with the request that showed it and its response.
 *
 * <p>What could be a secret is not in them: values of headers that the user gave, and cookies that
 * the server set. Immutable and thread-safe.
 */
public final class AuditFinding {
  private final Check check;
  private final Check.Severity severity;
  private final String seen;
  private final WireRequest request;
  private final WireResponse response;

  AuditFinding(
      Check check,
      Check.Severity severity,
      String seen,
      WireRequest request,
      WireResponse response) {
    this.check = Objects.requireNonNull(check, "check");
    this.severity = Objects.requireNonNull(severity, "severity");
    this.seen = Objects.requireNonNull(seen, "seen");
    this.request = Objects.requireNonNull(request, "request");
    this.response = Objects.requireNonNull(response, "response");
  }

  /** What was looked for. */
  public Check check() {
    return check;
  }

  /** How bad it is here: {@link Check#severity} or {@link Check#milderSeverity}. */
  public Check.Severity severity() {
    return severity;
  }

  /** What was seen, such as {@code Allowed with credentials: null}. */
  public String seen() {
    return seen;
  }

  /** The request that showed it, as sent. */
  public WireRequest request() {
    return request;
  }

  /** The response to it, without its body. */
  public WireResponse response() {
    return response;
  }

  /** Where the check is described. */
  public String page() {
    return check.page();
  }

  @Override
  public String toString() {
    return severity.id() + " " + check.id() + ": " + seen;
  }
}
