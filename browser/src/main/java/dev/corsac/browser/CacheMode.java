package dev.corsac.browser;

/**
 * How a request uses the HTTP cache (https://fetch.spec.whatwg.org/#concept-request-cache-mode).
 * The model has no HTTP cache; but engines let the mode decide about the preflight cache.
 */
public enum CacheMode {
  /** As HTTP says: the default. */
  DEFAULT,
  /** Neither read nor written. */
  NO_STORE,
  /** Written only. */
  RELOAD,
  /** Read after validation. */
  NO_CACHE,
  /** Read even if stale. */
  FORCE_CACHE,
  /** Read only: permitted with mode {@code same-origin} only. */
  ONLY_IF_CACHED
}
