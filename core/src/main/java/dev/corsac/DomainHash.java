package dev.corsac;

/**
 * The hash of a domain that is read from its end, so that those of all its parents come on the way.
 */
final class DomainHash {
  private static final int WORD = 8;

  private long hash;
  private long word;
  private int length;

  /** Goes one character to the left. */
  void add(char c) {
    word = word << Byte.SIZE | c;
    if (++length % WORD == 0) {
      hash = OriginHash.mix(hash, word);
      word = 0;
    }
  }

  /** The hash of what was read so far, as the domain of one kind of pattern. */
  int of(int kind, int scheme) {
    long last = (long) length << 8 | kind << 4 | scheme;
    return OriginHash.fold(OriginHash.mix(OriginHash.mix(hash, word), last));
  }
}
