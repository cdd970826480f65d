package dev.corsac;

import java.util.Locale;

/**
 * A danger that a policy may be told to accept, by name, so that a reviewer can search for it.
 *
 * @see CorsPolicy.Builder#dangerouslyAllow
 */
public enum Risk {
  /** Credentials for {@code http:} origins: whoever sits on the network can be such an origin. */
  INSECURE_ORIGINS,
  /**
   * Credentials for all subdomains of a public suffix such as {@code github.io}: anyone can
   * register one.
   */
  PUBLIC_SUFFIX_SUBDOMAINS,
  /**
   * The origin {@code null}: every sandboxed frame, {@code data:} and {@code file:} page on earth
   * has it.
   */
  NULL_ORIGIN;

  /** The name in a policy file, such as {@code null_origin}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
