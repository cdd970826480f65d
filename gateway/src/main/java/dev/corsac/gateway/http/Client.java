package dev.corsac.gateway.http;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: the peer of the connection, or the one that trusted proxies name.
 *
 * @param scheme the one by which the client asks, {@code http} or {@code https}
 * @param authority the host that the client asks; null if it names none
 */
public record Client(InetAddress address, String scheme, @Nullable Authority authority) {

  /** The address in digits, without the zone of IPv6, which means nothing elsewhere. */
  public String addressText() {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
