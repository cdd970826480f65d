package dev.corsac.origin;

/**
 * The hash of a domain that is read from its end, so that those of all its parents come on the way.
 */
final class DomainHash {
  private static final int WORD = 8;

  private final int scheme;
  private long hash;
  private long word;
  private int length;

  /**
   * Starts at the end of a host.
   *
   * @param hostStart where the host begins, behind the scheme
   */
  DomainHash(String origin, int hostStart) {
    int code = OriginKey.schemeCode(origin);
    scheme = code == 0 ? OriginHash.of(origin, 0, hostStart) : code;
  }

  /** Goes one character to the left. */
  void add(char c) {
    word = word << Byte.SIZE | c;
    if (++length % WORD == 0) {
      hash = OriginHash.mix(hash, word);
      word = 0;
    }
  }

  /**
   * The hash of what was read so far, as the domain of one kind of pattern.
   *
   * @param port the hash of the port; 0 where any will do
   */
  int of(int kind, int port) {
    long last = (long) port << 32 ^ (long) length << 8 ^ kind;
    return OriginHash.fold(
        OriginHash.mix(OriginHash.mix(OriginHash.mix(hash, word), last), scheme));
  }
}
