package dev.corsac.browser;

/** What a redirect does (https://fetch.spec.whatwg.org/#concept-request-redirect-mode). */
public enum RedirectMode {
  /** It is followed: the default. */
  FOLLOW,
  /** It is a network error. */
  ERROR,
  /** The page gets a response that says no more than that there was one. */
  MANUAL
}
