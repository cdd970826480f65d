package dev.corsac.origin;

/**
 * The lengths of what an {@link OriginSet} has of each kind, modulo 64: most of what it does not
 * have is told by its length, without a hash. Only grows.
 */
final class Lengths {
  private static final int KINDS = 4;

  private final long[] byKind;
  private int longestDomain;

  Lengths() {
    byKind = new long[KINDS];
  }

  private Lengths(Lengths from) {
    byKind = from.byKind.clone();
    longestDomain = from.longestDomain;
  }

  Lengths copy() {
    return new Lengths(this);
  }

  /** Adds the length of an exact origin, or of the domain of a pattern. */
  void add(int kind, int length) {
    byKind[kind] |= 1L << length;
    if (kind != 0) {
      longestDomain = Math.max(longestDomain, length);
    }
  }

  boolean mayHave(int kind, int length) {
    return (byKind[kind] >>> length & 1) != 0;
  }

  boolean hasPatterns() {
    return longestDomain > 0;
  }

  /** The length of the longest domain of a pattern; of a longer one no more needs to be read. */
  int longestDomain() {
    return longestDomain;
  }
}
