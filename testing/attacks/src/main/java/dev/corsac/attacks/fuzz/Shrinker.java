package dev.corsac.attacks.fuzz;

/** Takes away from bytes what a fault does not need. */
final class Shrinker {
  /** Tells whether the fault is there. */
  interface Fault {
    boolean isIn(String bytes) throws Exception;
  }

  private static final int MOST_TRIES = 120;

  private Shrinker() {}

  static String shrink(String bytes, Fault fault) throws Exception {
    String small = bytes;
    int tries = 0;
    for (int span = Math.max(1, bytes.length() / 2); span > 0; span /= 2) {
      for (int at = 0; at + span <= small.length() && tries < MOST_TRIES; tries++) {
        String less = small.substring(0, at) + small.substring(at + span);
        if (fault.isIn(less)) {
          small = less;
        } else {
          at += span;
        }
      }
    }
    return small;
  }
}
