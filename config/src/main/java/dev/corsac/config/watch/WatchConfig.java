package dev.corsac.config.watch;

import java.util.Optional;

/**
 * How a gateway is watched. Immutable and thread-safe.
 *
 * @param log how the lines of the log are written
 * @param accessLog whether each request has one
 * @param adminToken what is asked for at the admin address ({@code Authorization: Bearer}); empty
 *     if nothing is, which is for an address of the loopback network only
 */
public record WatchConfig(LogFormat log, boolean accessLog, Optional<String> adminToken) {
  /** What a file means that says nothing. */
  public static final WatchConfig DEFAULT =
      new WatchConfig(LogFormat.TEXT, false, Optional.empty());

  /** Without the token, which is a secret. */
  @Override
  public String toString() {
    return "WatchConfig[log="
        + log
        + ", accessLog="
        + accessLog
        + ", adminToken="
        + (adminToken.isPresent() ? "set" : "none")
        + "]";
  }
}
