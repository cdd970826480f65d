package dev.corsac.gateway.route;

import java.net.URI;

/**
 * A server that requests are passed to.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param prefix what goes before every path
 */
public record Upstream(String host, int port, boolean tls, Prefix prefix) {

  public static Upstream of(URI uri) {
    boolean tls = uri.getScheme().equalsIgnoreCase("https");
    String host = uri.getHost();
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    return new Upstream(
        bare, port, tls, Prefix.of(uri.getRawPath() == null ? "" : uri.getRawPath()));
  }

  /** The {@code Host} by which it knows itself. */
  public String authority() {
    String written = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return port == (tls ? 443 : 80) ? written : written + ":" + port;
  }

  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + authority() + prefix;
  }
}
