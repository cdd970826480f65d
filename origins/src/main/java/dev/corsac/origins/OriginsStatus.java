package dev.corsac.origins;

import dev.corsac.config.origins.OriginsFrom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a place that origins come from is doing. Immutable.
 *
 * @param from the place
 * @param state whether what is served is what the place says
 * @param origins how many origins are served
 * @param skipped how many were left out, since they are invalid or too dangerous
 * @param asOf when the place was last known to say this; empty if it was never read
 * @param problem why the place cannot be read now; empty if it can
 */
public record OriginsStatus(
    OriginsFrom from,
    State state,
    int origins,
    int skipped,
    Optional<Instant> asOf,
    Optional<String> problem) {

  /** Whether what is served is what the place says. */
  public enum State {
    /** It is. */
    CURRENT,
    /** The place cannot be read, and what it last said is served. */
    STALE,
    /** The place was never read, so that nothing of it is allowed. */
    UNREAD
  }

  /** How old what is served is; empty if nothing is. */
  public Optional<Duration> age(Instant now) {
    return asOf.map(then -> Duration.between(then, now))
        .map(age -> age.isNegative() ? Duration.ZERO : age);
  }
}
