package dev.corsac.doctor;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * How far away an address is (Local Network Access, IP address spaces): browsers ask the user
 * before a page of one space may reach a nearer one.
 */
enum AddressSpace {
  /** This computer. */
  LOOPBACK,
  /** The network it is in. */
  LOCAL,
  /** The internet. */
  PUBLIC;

  /** The space of a host of a URL; public if it has no address. */
  static AddressSpace of(String host) {
    if (host.equals("localhost") || host.endsWith(".localhost")) {
      return LOOPBACK;
    }
    try {
      return of(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      return PUBLIC;
    }
  }

  static AddressSpace of(InetAddress address) {
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      return LOOPBACK;
    }
    byte first = address.getAddress()[0];
    boolean uniqueLocal = address.getAddress().length == 16 && (first & 0xfe) == 0xfc;
    return address.isSiteLocalAddress() || address.isLinkLocalAddress() || uniqueLocal
        ? LOCAL
        : PUBLIC;
  }

  /** Whether reaching the other from here is a step towards the user. */
  boolean mustAskFor(AddressSpace other) {
    return other.compareTo(this) < 0;
  }
}
