package dev.corsac.origin;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The hash under which origins are filed: seeded for each virtual machine, since customers who
 * register origins could otherwise choose many with one hash, and taken eight characters at a time.
 *
 * <p>The hash of {@link String} is neither: its collisions can be written down by hand.
 */
public final class OriginHash {
  private static final int WORD = 8;
  private static final long SEED = ThreadLocalRandom.current().nextLong();
  private static final long KEY = ThreadLocalRandom.current().nextLong();

  private OriginHash() {}

  /** The hash of a whole text. */
  public static int of(String text) {
    return of(text, 0, text.length());
  }

  /** The hash of a part of a text. */
  static int of(String text, int from, int end) {
    long hash = (long) end - from;
    int at = from;
    while (at + WORD <= end) {
      hash =
          mix(
              hash,
              (text.charAt(at)
                      | text.charAt(at + 1) << 8
                      | text.charAt(at + 2) << 16
                      | text.charAt(at + 3) << 24)
                  ^ (long)
                          (text.charAt(at + 4)
                              | text.charAt(at + 5) << 8
                              | text.charAt(at + 6) << 16
                              | text.charAt(at + 7) << 24)
                      << 32);
      at += WORD;
    }
    long rest = 0;
    while (at < end) {
      rest = rest << 8 | text.charAt(at++);
    }
    return fold(mix(hash, rest));
  }

  /** The 128-bit product of two numbers that nobody outside knows, folded. */
  static long mix(long hash, long word) {
    long one = hash ^ SEED;
    long other = word ^ KEY;
    return one * other ^ Math.multiplyHigh(one, other);
  }

  static int fold(long hash) {
    return (int) (hash ^ hash >>> 32);
  }
}
