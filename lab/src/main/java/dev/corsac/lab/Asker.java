package dev.corsac.lab;

import java.util.Locale;
import java.util.Optional;

/** Which page makes a request. */
enum Asker {
  /** The page on the origin that the examples' policies list. */
  LISTED,
  /** The page on the origin that they do not list. */
  UNLISTED;

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
    return this == LISTED ? origins.listed() : origins.unlisted();
  }
}
