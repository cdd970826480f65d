package dev.corsac.gateway.watch;

import java.util.Locale;

/** Whose response a client got. */
public enum By {
  /** The gateway's own. */
  GATEWAY,
  /** Of a file of a site. */
  SITE,
  /** The upstream's. */
  UPSTREAM;

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
