package dev.corsac.gateway.route;

import dev.corsac.gateway.tls.FromFiles;
import io.vertx.core.net.ClientSSLOptions;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A server that requests are passed to.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param prefix what goes before every path
 * @param http2 whether it is spoken to in HTTP/2
 * @param files what TLS with it is spoken with; null for Java's trust store
 */
public record Upstream(
    String host,
    int port,
    boolean tls,
    Prefix prefix,
    boolean http2,
    @Nullable FromFiles<ClientSSLOptions> files) {

  /** One that HTTP/1.1 is spoken with, and Java's trust store trusts. */
  public static Upstream of(URI uri) {
    return of(uri, false, null);
  }

  static Upstream of(URI uri, boolean http2, @Nullable FromFiles<ClientSSLOptions> files) {
    boolean tls = uri.getScheme().equalsIgnoreCase("https");
    String host = uri.getHost();
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    return new Upstream(
        bare, port, tls, Prefix.of(uri.getRawPath() == null ? "" : uri.getRawPath()), http2, files);
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
