package dev.corsac.attacks.lab;

import java.util.Locale;

/** The proxies that can be attacked. */
public enum ProxyKind {
  /** In this program, by its public start. */
  GATEWAY,
  /** {@code ./corsac gateway}. */
  CORSAC,
  NGINX;

  /**
   * Starts it.
   *
   * @param upstreamPort where it passes requests to
   */
  public Proxy start(int upstreamPort) {
    return switch (this) {
      case GATEWAY -> new GatewayInProcess(upstreamPort);
      case CORSAC -> new CorsacProcess(upstreamPort);
      case NGINX -> new NginxProxy(upstreamPort);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
