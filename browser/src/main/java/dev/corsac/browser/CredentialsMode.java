package dev.corsac.browser;

/**
 * Whether a request goes with cookies
 * (https://fetch.spec.whatwg.org/#concept-request-credentials-mode).
 */
public enum CredentialsMode {
  /** Never. */
  OMIT("omit"),
  /** Only to the page's own origin: the default of {@code fetch}. */
  SAME_ORIGIN("same-origin"),
  /** Always: {@code withCredentials} of an XMLHttpRequest. */
  INCLUDE("include");

  private final String word;

  CredentialsMode(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
