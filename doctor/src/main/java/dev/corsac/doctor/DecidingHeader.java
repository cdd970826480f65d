package dev.corsac.doctor;

import java.util.Objects;

/**
 * What in the transcript decides: a header of one response, or its status.
 *
 * <p>Immutable and thread-safe.
 *
 * @param exchange the index of the exchange
 * @param header the header of its response, which may be absent; empty for the status
 */
public record DecidingHeader(int exchange, String header) {
  /** Makes one. */
  public DecidingHeader {
    Objects.requireNonNull(header, "header");
  }
}
