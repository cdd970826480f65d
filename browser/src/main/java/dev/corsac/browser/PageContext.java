package dev.corsac.browser;

/**
 * What kind of environment a page's JavaScript runs in. Some inherit the origin of the page that
 * made them, the others have an opaque origin, which is sent as {@code null}.
 */
public enum PageContext {
  /** A document of a web server. */
  DOCUMENT(false),
  /** A worker of a web server. */
  WORKER(false),
  /** A worker made from a {@code blob:} URL. */
  BLOB_WORKER(false),
  /** An {@code <iframe srcdoc>}. */
  SRCDOC_IFRAME(false),
  /** An {@code <iframe>} without a source. */
  ABOUT_BLANK_IFRAME(false),
  /** An {@code <iframe>} of a {@code blob:} URL. */
  BLOB_IFRAME(false),
  /** An {@code <iframe sandbox>} without {@code allow-same-origin}. */
  SANDBOXED_IFRAME(true),
  /** A document with {@code Content-Security-Policy: sandbox}. */
  CSP_SANDBOX(true),
  /** A top-level {@code data:} document. */
  DATA(true),
  /** An {@code <iframe>} of a {@code data:} URL. */
  DATA_IFRAME(true),
  /** A {@code file:} document. */
  FILE(true),
  /** A top-level {@code about:blank}. */
  ABOUT_BLANK(true);

  private final boolean opaque;

  PageContext(boolean opaque) {
    this.opaque = opaque;
  }

  /** Whether its origin is opaque. */
  public boolean hasOpaqueOrigin() {
    return opaque;
  }

  boolean isWorker() {
    return this == WORKER || this == BLOB_WORKER;
  }
}
