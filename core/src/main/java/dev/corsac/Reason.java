package dev.corsac;

import java.util.Locale;

/**
 * Why a request was decided as it was: one constant per outcome, for logs, metrics and {@code
 * Corsac-Decision}.
 */
public enum Reason {
  /** The path has no policy; the request passes untouched. */
  NO_POLICY(true),
  /** No {@code Origin} header: not a CORS request. */
  NO_ORIGIN(true),
  /** The origin is allowed; the application runs and an allowed page may read the response. */
  ORIGIN_ALLOWED(true),
  /** A preflight whose origin, method and headers are all allowed. */
  PREFLIGHT_ALLOWED(true),
  /** The origin is not on the policy's list. */
  ORIGIN_NOT_ALLOWED(false),
  /**
   * The {@code Origin} header is not a serialised origin (RFC 6454 section 6.1, Fetch section 3.2),
   * or, where any origin is allowed, not one value.
   */
  ORIGIN_MALFORMED(false),
  /** There is more than one {@code Origin} line; no browser sends that. */
  ORIGIN_REPEATED(false),
  /** A preflight for a method that the policy does not allow. */
  METHOD_NOT_ALLOWED(false),
  /** A preflight for a header that the policy does not allow. */
  HEADER_NOT_ALLOWED(false),
  /**
   * {@code Access-Control-Request-Headers} is not a list of names, or is longer than all allowed
   * names together.
   */
  REQUEST_HEADERS_MALFORMED(false),
  /**
   * Under {@code enforce}: no {@code Origin}, but {@code Sec-Fetch-Site} says the request comes
   * from elsewhere.
   */
  CROSS_SITE_WITHOUT_ORIGIN(false),
  /** Under {@code enforce}: the request comes from the server's own origin. */
  SAME_ORIGIN(true),
  /**
   * Under {@code enforce}: the origin may act, though it may not read ({@code trusted_origins}).
   */
  ORIGIN_TRUSTED(true),
  /**
   * Under {@code enforce}: the origin may read without credentials, and the request carries some.
   */
  CREDENTIALS_NOT_ALLOWED(false),
  /** The server does not answer to the name by which the client called it; see {@link Hosts}. */
  HOST_NOT_ALLOWED(false),
  /** The path can be read in two ways that fall under different routes; it is refused. */
  PATH_AMBIGUOUS(false);

  private final boolean allowed;

  Reason(boolean allowed) {
    this.allowed = allowed;
  }

  /** The name in lower case with hyphens, such as {@code origin-not-allowed}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** True if nothing was denied. */
  public boolean allowed() {
    return allowed;
  }
}
