package dev.corsac.attacks;

import java.util.Locale;
import java.util.function.IntFunction;

/** The proxies that can be attacked. */
enum ProxyKind {
  /** In this program, by its public start. */
  GATEWAY(GatewayInProcess::new),
  /** {@code ./corsac gateway}. */
  CORSAC(CorsacProcess::new),
  NGINX(NginxProxy::new);

  private final IntFunction<Proxy> start;

  ProxyKind(IntFunction<Proxy> start) {
    this.start = start;
  }

  /**
   * Starts it.
   *
   * @param upstreamPort where it passes requests to
   */
  Proxy start(int upstreamPort) {
    return start.apply(upstreamPort);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
