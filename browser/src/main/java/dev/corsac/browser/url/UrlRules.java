package dev.corsac.browser.url;

/**
 * Where a URL parser departs from the URL standard.
 *
 * @param escapesInHosts whether a space and an asterisk in a host are percent-encoded, rather than
 *     refused and kept
 * @param trustsAsciiHosts whether {@code xn--} in a host of ASCII is kept as it is
 * @param encodesPipes whether {@code |} in a path is percent-encoded
 */
public record UrlRules(boolean escapesInHosts, boolean trustsAsciiHosts, boolean encodesPipes) {
  /** The standard as written. */
  public static final UrlRules STANDARD = new UrlRules(false, false, false);
}
