package dev.corsac.doctor.problem;

import dev.corsac.Origin;
import dev.corsac.browser.WireRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells of a host, as it stands in a URL, where it is. The doctor's own: it is no API. */
public final class Hosts {
  private static final Pattern ADDRESS = Pattern.compile("[\\d.]+|\\[.*");

  /** Names that no public DNS answers (RFC 6761, RFC 6762, RFC 8375, and custom). */
  private static final Set<String> INTERNAL =
      Set.of("local", "localhost", "internal", "intranet", "lan", "corp", "home", "localdomain");

  private Hosts() {}

  public static boolean isAddress(String host) {
    return ADDRESS.matcher(host).matches();
  }

  /** Whether the server that is asked is this very machine: {@link Origin#isLoopback}. */
  public static boolean isLoopback(WireRequest request) {
    return Origin.tryParse(request.origin()).filter(Origin::isLoopback).isPresent();
  }

  /** Whether it cannot be reached from outside of a machine or a private network. */
  public static boolean isInternal(String host) {
    InetAddress address = address(host);
    if (address != null) {
      boolean uniqueLocal =
          address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc;
      return address.isLoopbackAddress()
          || address.isSiteLocalAddress()
          || address.isLinkLocalAddress()
          || address.isAnyLocalAddress()
          || uniqueLocal;
    }
    int dot = host.lastIndexOf('.');
    return dot < 0 || INTERNAL.contains(host.substring(dot + 1)) || host.endsWith(".home.arpa");
  }

  /** Null for a name. A literal address asks no DNS. */
  private static @Nullable InetAddress address(String host) {
    if (!isAddress(host)) {
      return null;
    }
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException noAddress) {
      return null;
    }
  }
}
