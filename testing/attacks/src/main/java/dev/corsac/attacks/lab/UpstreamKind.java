package dev.corsac.attacks.lab;

import java.util.Locale;

/** The upstreams that can be attacked through a proxy. */
public enum UpstreamKind {
  /** The strict reader in this program. */
  RECORDING,
  NODE,
  NGINX;

  public Upstream start() {
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
