package dev.corsac.origins;

import dev.corsac.config.origins.OriginsFrom;
import java.util.List;

/** What happened to a place that origins come from. */
public sealed interface OriginsEvent {

  /** How the place is doing since. */
  OriginsStatus status();

  /**
   * Origins were read, and are served from now on.
   *
   * @param refused of the origins that were left out those that were not before, up to 100
   */
  record Loaded(OriginsStatus status, List<RefusedOrigin> refused) implements OriginsEvent {
    /** Copies the list. */
    public Loaded {
      refused = List.copyOf(refused);
    }
  }

  /** The place cannot be read; what was served before still is. Told once, until it changes. */
  record Unavailable(OriginsStatus status, String reason) implements OriginsEvent {}

  /**
   * Origins were read and cannot be kept on disk, so a restart without the database would allow
   * none of them. Told once, until it changes.
   */
  record NotKept(OriginsStatus status, String reason) implements OriginsEvent {}

  /** The place. */
  default OriginsFrom from() {
    return status().from();
  }
}
