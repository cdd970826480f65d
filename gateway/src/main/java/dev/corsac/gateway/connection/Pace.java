package dev.corsac.gateway.connection;

import java.util.concurrent.TimeUnit;

/**
 * Whether a client takes what is sent to it, and fast enough: an attacker who takes a byte now and
 * then never stands still.
 */
final class Pace {
  /** A tenth of the slowest mobile networks. */
  static final long LEAST_BYTES_A_SECOND = 500;

  private boolean started;
  private long looked;
  private long total;
  private long moved;
  private long waited;
  private long bytes;

  /**
   * Takes note of how things stand.
   *
   * @param now in nanoseconds
   * @param total all bytes so far
   * @param waiting whether it is the client's turn
   * @param patience in nanoseconds
   * @return true if nothing has moved for that long, or too little on average
   */
  boolean tooSlow(long now, long total, boolean waiting, long patience) {
    long since = now - looked;
    long more = total - this.total;
    boolean first = !started;
    looked = now;
    this.total = total;
    started = waiting;
    if (!waiting || first) {
      moved = now;
      waited = 0;
      bytes = 0;
      return false;
    }
    waited += since;
    bytes += more;
    if (more != 0) {
      moved = now;
    }
    if (now - moved >= patience) {
      return true;
    }
    return waited >= patience
        && bytes < LEAST_BYTES_A_SECOND * TimeUnit.NANOSECONDS.toMillis(waited) / 1000;
  }
}
