package dev.corsac.doctor;

import java.util.Objects;

/**
 * The place in the transcript that decides.
 *
 * <p>Immutable and thread-safe.
 *
 * @param exchange the index of the exchange
 * @param header the header of its answer, which may be absent; empty for the status
 */
public record Mark(int exchange, String header) {
  /** Makes a mark. */
  public Mark {
    Objects.requireNonNull(header, "header");
  }
}
