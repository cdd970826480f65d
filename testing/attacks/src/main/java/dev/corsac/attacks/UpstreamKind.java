package dev.corsac.attacks;

import java.util.Locale;
import java.util.function.Supplier;

/** The upstreams that can be attacked through a proxy. */
enum UpstreamKind {
  /** The strict reader in this program. */
  RECORDING(RecordingUpstream::new),
  NODE(TellingUpstream::node),
  NGINX(TellingUpstream::nginx);

  private final Supplier<Upstream> start;

  UpstreamKind(Supplier<Upstream> start) {
    this.start = start;
  }

  Upstream start() {
    return start.get();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
