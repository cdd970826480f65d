package dev.corsac.lab;

import dev.corsac.browser.Page;
import dev.corsac.browser.PageContext;
import java.util.Locale;
import java.util.Optional;

/** Which page makes a request. */
enum Asker {
  /** The page on the origin that the examples' policies list. */
  LISTED,
  /** The page on the origin that they do not list. */
  UNLISTED,
  /** A page whose origin begins like the listed one, and belongs to somebody else. */
  LOOKALIKE,
  /** A page in a frame with {@code sandbox}, whose origin is {@code null}. */
  SANDBOXED;

  /** Its name in JSON and in the sandbox's paths. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Asker> of(String id) {
    for (Asker asker : values()) {
      if (asker.id().equals(id)) {
        return Optional.of(asker);
      }
    }
    return Optional.empty();
  }

  String origin(LabOrigins origins) {
    return switch (this) {
      case LISTED -> origins.listed();
      case UNLISTED -> origins.unlisted();
      case LOOKALIKE -> origins.lookAlike();
      case SANDBOXED -> "null";
    };
  }

  /** The page, as the model knows pages. */
  Page page(LabOrigins origins) {
    return this == SANDBOXED ? Page.opaque(PageContext.SANDBOXED_IFRAME) : Page.of(origin(origins));
  }

  /** How the page is called in a sentence. */
  String words(LabOrigins origins) {
    return this == SANDBOXED
        ? "The page in the sandboxed frame, whose origin is null,"
        : "The page on " + origin(origins);
  }

  /** Whether page and server are one site: ports of one host are. */
  boolean isOfTheSite() {
    return this == LISTED || this == UNLISTED;
  }
}
