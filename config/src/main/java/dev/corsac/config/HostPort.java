package dev.corsac.config;

/**
 * An address to listen on, such as {@code 127.0.0.1:8000} or {@code [::1]:8000}. A record, since a
 * socket takes these two and no more.
 *
 * @param host a name or an IP address, an IPv6 one without brackets
 * @param port 0 to 65535; 0 is any free port
 */
public record HostPort(String host, int port) {

  /** The form that the file has: {@code host:port}, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
