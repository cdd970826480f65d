package dev.corsac.config.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of IP addresses that share their first bits (RFC 4632 section 3.1, RFC 4291 section 2.3).
 *
 * <pre>
 * permitted    10.0.0.0/8   192.0.2.7   2001:db8::/32   ::1
 * prohibited   10.0.0.1/8 (has bits behind the prefix)   10.1/16   010.0.0.1   ::ffff:10.0.0.0/104
 * </pre>
 *
 * <p>An IPv4 address in IPv6 form ({@code ::ffff:192.0.2.7}, RFC 4291 section 2.5.5.2) is that IPv4
 * address. Nothing is looked up in DNS. Immutable and thread-safe.
 */
public final class IpRange {
  /** Without leading zeros, which some read as octal. */
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");

  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]{2,39}");
  private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

  private final byte[] network;
  private final int prefix;

  private IpRange(byte[] network, int prefix) {
    this.network = network;
    this.prefix = prefix;
  }

  /** Reads a range; empty if the text is none. */
  public static Optional<IpRange> parse(String text) {
    return around(text).filter(range -> !text.contains("/") || range.isOwnAddress(text));
  }

  /** Reads one address as digits; empty if the text is none. */
  public static Optional<InetAddress> address(String text) {
    boolean ipv4 = IPV4.matcher(text).matches();
    int last = text.lastIndexOf(':');
    boolean endsInIpv4 = last > 0 && IPV4.matcher(text.substring(last + 1)).matches();
    boolean ipv6 =
        last >= 0 && IPV6.matcher(endsInIpv4 ? text.substring(0, last + 1) + "0" : text).matches();
    if (!ipv4 && !ipv6) {
      return Optional.empty();
    }
    try {
      // Only digits, dots and colons are left, so this is no lookup.
      return Optional.of(InetAddress.getByName(ipv4 ? text : "[" + text + "]"));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** The range that an address with a prefix lies in, whatever bits are behind the prefix. */
  public static Optional<IpRange> around(String text) {
    int slash = text.indexOf('/');
    byte[] bytes =
        address(slash < 0 ? text : text.substring(0, slash))
            .map(InetAddress::getAddress)
            .orElse(null);
    if (bytes == null) {
      return Optional.empty();
    }
    int bits = bytes.length * 8;
    if (slash < 0) {
      return Optional.of(new IpRange(bytes, bits));
    }
    String length = text.substring(slash + 1);
    if (!PREFIX.matcher(length).matches() || Integer.parseInt(length) > bits) {
      return Optional.empty();
    }
    int prefix = Integer.parseInt(length);
    return Optional.of(new IpRange(masked(bytes, prefix), prefix));
  }

  private boolean isOwnAddress(String text) {
    return address(text.substring(0, text.indexOf('/')))
        .filter(address -> Arrays.equals(address.getAddress(), network))
        .isPresent();
  }

  private static byte[] masked(byte[] bytes, int prefix) {
    byte[] masked = bytes.clone();
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.max(0, Math.min(8, prefix - i * 8));
      masked[i] &= (byte) (0xff << (8 - kept));
    }
    return masked;
  }

  /** Whether an address lies in it. An IPv4 range holds no IPv6 address, nor the other way. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == network.length && Arrays.equals(masked(bytes, prefix), network);
  }

  /** Whether it holds every address of its kind. */
  public boolean isEverything() {
    return prefix == 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IpRange range
        && prefix == range.prefix
        && Arrays.equals(network, range.network);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(network) + prefix;
  }

  /** The form that the file has, always with the prefix. */
  @Override
  public String toString() {
    try {
      InetAddress address = InetAddress.getByAddress(network);
      String text = address.getHostAddress();
      return (address instanceof Inet4Address ? text : text.replaceFirst("(^|:)(0(:|$)){2,}", "::"))
          + "/"
          + prefix;
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
