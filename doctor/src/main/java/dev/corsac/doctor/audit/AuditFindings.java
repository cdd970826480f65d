package dev.corsac.doctor.audit;

import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects what an audit finds: one finding of a check, the worst. */
final class AuditFindings {
  private static final String SECRET = "[not shown]";

  /** Shorter text is nobody's secret, and would be found everywhere. */
  private static final int MIN_SECRET = 6;

  private final List<Header> secrets;
  private final Map<Check, AuditFinding> found = new EnumMap<>(Check.class);

  /** What the user's headers hold is not reported. */
  AuditFindings(List<Header> secrets) {
    this.secrets = secrets;
  }

  /**
   * Adds what a response shows, if there is a response.
   *
   * @param worst whether it is as bad as the check can be
   */
  void add(Check check, boolean worst, ProbeResult evidence, String seen) {
    WireResponse response = evidence.response();
    Check.Severity severity = worst ? check.severity() : check.milderSeverity();
    AuditFinding before = found.get(check);
    if (response == null || (before != null && before.severity().isAtLeast(severity))) {
      return;
    }
    found.put(
        check,
        new AuditFinding(
            check, severity, seen, withoutSecrets(evidence.request()), withoutSecrets(response)));
  }

  boolean has(Check check) {
    return found.containsKey(check);
  }

  /** The worst first, and none that another one implies. */
  List<AuditFinding> sorted() {
    return found.values().stream()
        .filter(each -> each.check().impliedBy().stream().noneMatch(found::containsKey))
        .sorted(Comparator.comparing(AuditFinding::severity).thenComparing(AuditFinding::check))
        .toList();
  }

  private WireRequest withoutSecrets(WireRequest request) {
    List<Header> lines =
        request.headers().lines().stream()
            .map(line -> isSecret(line.name()) ? new Header(line.name(), SECRET) : line)
            .toList();
    return WireRequest.of(request.method(), request.url(), Headers.of(lines));
  }

  private boolean isSecret(String name) {
    return secrets.stream().anyMatch(secret -> secret.name().equalsIgnoreCase(name));
  }

  private WireResponse withoutSecrets(WireResponse response) {
    List<Header> lines =
        response.headers().lines().stream()
            .map(line -> new Header(line.name(), withoutSecrets(line)))
            .toList();
    return WireResponse.of(response.status(), Headers.of(lines));
  }

  private String withoutSecrets(Header line) {
    if (line.name().equalsIgnoreCase("Set-Cookie")) {
      return SECRET;
    }
    String value = line.value();
    for (Header secret : secrets) {
      if (secret.value().length() >= MIN_SECRET) {
        value = value.replace(secret.value(), SECRET);
      }
    }
    return value;
  }
}
