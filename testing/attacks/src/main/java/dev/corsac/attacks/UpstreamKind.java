package dev.corsac.attacks;

import java.util.Locale;

/** The upstreams that can be attacked through a proxy. */
enum UpstreamKind {
  /** The strict reader in this program. */
  RECORDING,
  NODE,
  NGINX;

  Upstream start() {
    return switch (this) {
      case RECORDING -> new RecordingUpstream();
      case NODE -> TellingUpstream.node();
      case NGINX -> TellingUpstream.nginx();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
