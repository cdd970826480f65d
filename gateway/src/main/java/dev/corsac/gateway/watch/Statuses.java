package dev.corsac.gateway.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The statuses that metrics tell apart. An upstream may send any number from 200 to 999, so those
 * that operators look for have a label of their own, and the others that of their class.
 */
final class Statuses {
  /** Of a client that went before the response began. */
  static final int GONE = 0;

  private static final int[] OWN = {
    101, 200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 406, 408,
    409, 410, 413, 414, 415, 421, 422, 429, 431, 500, 501, 502, 503, 504
  };

  private static final List<String> LABELS = new ArrayList<>(List.of("gone", "other"));
  private static final byte[] INDEXES = new byte[1000];

  static {
    Arrays.fill(INDEXES, (byte) 1);
    INDEXES[GONE] = 0;
    for (int hundreds = 1; hundreds <= 5; hundreds++) {
      Arrays.fill(INDEXES, hundreds * 100, hundreds * 100 + 100, (byte) LABELS.size());
      LABELS.add(hundreds + "xx");
    }
    for (int status : OWN) {
      INDEXES[status] = (byte) LABELS.size();
      LABELS.add(Integer.toString(status));
    }
  }

  private Statuses() {}

  static int count() {
    return LABELS.size();
  }

  static int index(int status) {
    return status >= 0 && status < INDEXES.length ? INDEXES[status] : 1;
  }

  static String label(int index) {
    return LABELS.get(index);
  }
}
