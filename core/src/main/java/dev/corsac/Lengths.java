package dev.corsac;

/**
 * The lengths of what an {@link OriginSet} has, modulo 64: most of what it does not have is told by
 * its length, without a hash. Only grows.
 */
final class Lengths {
  private long exact;
  private long subdomains;
  private long anyPort;
  private int longestDomain;

  Lengths copy() {
    Lengths copy = new Lengths();
    copy.exact = exact;
    copy.subdomains = subdomains;
    copy.anyPort = anyPort;
    copy.longestDomain = longestDomain;
    return copy;
  }

  void addExact(int length) {
    exact |= 1L << length;
  }

  /** Adds the domain of a pattern, without what its wildcards stand for. */
  void addPattern(int length, boolean below) {
    if (below) {
      subdomains |= 1L << length;
    } else {
      anyPort |= 1L << length;
    }
    longestDomain = Math.max(longestDomain, length);
  }

  boolean hasPatterns() {
    return (subdomains | anyPort) != 0;
  }

  boolean mayHaveExact(int length) {
    return (exact >>> length & 1) != 0;
  }

  boolean mayHaveSubdomains(int length) {
    return (subdomains >>> length & 1) != 0;
  }

  boolean mayHaveAnyPort(int length) {
    return (anyPort >>> length & 1) != 0;
  }

  /** The length of the longest domain of a pattern; a longer one needs not be read. */
  int longestDomain() {
    return longestDomain;
  }
}
