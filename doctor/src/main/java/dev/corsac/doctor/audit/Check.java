package dev.corsac.doctor.audit;

import dev.corsac.doctor.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an {@link Audit} looks for. Its texts are in {@code checks.yaml}; each has a page in {@code
 * docs/checks}. Immutable and thread-safe.
 */
public enum Check {
  REFLECTED_ORIGIN(Severity.CRITICAL, Severity.MEDIUM),
  REFERER_ORIGIN(Severity.CRITICAL, Severity.MEDIUM),
  NULL_ORIGIN(Severity.CRITICAL, Severity.MEDIUM),
  ORIGIN_SUBSTRING(Severity.HIGH, Severity.LOW),
  ORIGIN_PREFIX(Severity.HIGH, Severity.LOW),
  ORIGIN_SUFFIX(Severity.HIGH, Severity.LOW),
  PUBLIC_SUFFIX(Severity.HIGH, Severity.LOW),
  UNESCAPED_DOT(Severity.HIGH, Severity.LOW),
  SHARED_SANDBOX(Severity.HIGH, Severity.LOW),
  SPECIAL_CHARACTERS(Severity.MEDIUM, Severity.LOW),
  INSECURE_ORIGIN(Severity.MEDIUM, Severity.LOW),
  ANY_SUBDOMAIN(Severity.MEDIUM, Severity.INFO),
  LOCAL_ORIGIN(Severity.MEDIUM, Severity.LOW),
  ANY_PORT(Severity.LOW, Severity.INFO),
  ANY_SCHEME(Severity.LOW, Severity.INFO),
  ANY_EXTENSION(Severity.LOW, Severity.INFO),
  APP_SCHEME(Severity.INFO, Severity.INFO),
  ORIGIN_LIST(Severity.LOW, Severity.INFO),
  ORIGIN_USER_INFO(Severity.LOW, Severity.INFO),
  ORIGIN_PATH(Severity.LOW, Severity.INFO),
  ORIGIN_SPELLING(Severity.INFO, Severity.INFO),
  HEADER_INJECTION(Severity.HIGH, Severity.HIGH),
  ORIGIN_SERVER_ERROR(Severity.LOW, Severity.LOW),

  ALLOW_ORIGIN_TWICE(Severity.LOW, Severity.LOW),
  ALLOW_ORIGIN_INVALID(Severity.LOW, Severity.LOW),
  ANY_ORIGIN_CREDENTIALS(Severity.LOW, Severity.LOW),
  ANY_ORIGIN_PRIVATE(Severity.INFO, Severity.INFO),
  CREDENTIALS_NOT_TRUE(Severity.LOW, Severity.INFO),
  CREDENTIALS_WITHOUT_ORIGIN(Severity.INFO, Severity.INFO),
  STAR_CREDENTIALS(Severity.LOW, Severity.LOW),
  INTERNAL_ORIGIN(Severity.LOW, Severity.LOW),
  PRIVATE_NETWORK(Severity.LOW, Severity.LOW),
  ERROR_PAGE_WIDER(Severity.LOW, Severity.INFO),

  PREFLIGHT_WIDER(Severity.HIGH, Severity.LOW),
  PREFLIGHT_NARROWER(Severity.INFO, Severity.INFO),
  ANY_METHOD(Severity.LOW, Severity.INFO),
  ANY_HEADER(Severity.LOW, Severity.INFO),
  MAX_AGE(Severity.INFO, Severity.INFO),

  VARY_MISSING(Severity.MEDIUM, Severity.LOW),
  VARY_MISSING_PREFLIGHT(Severity.INFO, Severity.INFO),
  CACHED_FOR_ANOTHER_ORIGIN(Severity.MEDIUM, Severity.MEDIUM);

  /** How bad it is, the worst first. */
  public enum Severity {
    /** Any website that a signed-in user opens can read and do what the user can. */
    CRITICAL,
    /** So can an attacker who registers a name, or publishes a page on a shared host. */
    HIGH,
    /** So can an attacker who has something more: the network, a subdomain; or data are public. */
    MEDIUM,
    /** No attack by itself, but a mistake that makes one easier, or that breaks pages. */
    LOW,
    /** Worth knowing; often meant. */
    INFO;

    /** Its name in reports: {@code critical}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is as bad as the other, or worse. */
    public boolean isAtLeast(Severity other) {
      return compareTo(other) <= 0;
    }
  }

  private final Severity severity;
  private final Severity milder;

  Check(Severity severity, Severity milder) {
    this.severity = severity;
    this.milder = milder;
  }

  /** Its name in reports and in {@code docs/checks}: {@code reflected-origin}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Where it is described: {@code docs/checks/reflected-origin.md}. */
  public String page() {
    return "docs/checks/" + id() + ".md";
  }

  /** How bad it is at worst: mostly, with credentials. */
  public Severity severity() {
    return severity;
  }

  /** How bad it is {@linkplain #milderWhen otherwise}: mostly, without credentials. */
  public Severity milderSeverity() {
    return milder;
  }

  /** When it is only that bad, as the end of a sentence; empty if it is always the same. */
  public String milderWhen() {
    return severity == milder ? "" : CheckTexts.of(this).milder();
  }

  /** What is the case: a sentence without a full stop. */
  public String title() {
    return CheckTexts.of(this).title();
  }

  /** What an attacker does with it, or whom it harms otherwise. */
  public String why() {
    return CheckTexts.of(this).why();
  }

  /** What to change, in a sentence that holds for any server. */
  public String fix() {
    return CheckTexts.of(this).fix();
  }

  /** The problem whose remedy for a stack mends this as well. */
  Optional<Problem> problem() {
    return Optional.ofNullable(CheckTexts.of(this).problem());
  }

  /** The checks of which this one is but a consequence, so that it is not reported beside them. */
  List<Check> impliedBy() {
    return CheckTexts.of(this).impliedBy();
  }
}
