package dev.corsac.browser;

/** The type of a response (https://fetch.spec.whatwg.org/#concept-response-type). */
public enum ResponseType {
  /** From the page's own origin: everything but cookies can be read. */
  BASIC("basic"),
  /** From another origin that shared it: what the server exposed can be read. */
  CORS("cors"),
  /** From another origin that was not asked to share it: nothing can be read. */
  OPAQUE("opaque"),
  /** A redirect that was not followed: nothing can be read. */
  OPAQUE_REDIRECT("opaqueredirect");

  private final String word;

  ResponseType(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
