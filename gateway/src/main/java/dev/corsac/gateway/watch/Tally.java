package dev.corsac.gateway.watch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts events that are alike, in bounded memory: after Metwally, Agrawal and El Abbadi's
 * "Space-Saving", what makes up more than one in {@value #MOST} of all events is among those that
 * are kept, however many others there are beside it. Not thread-safe.
 */
final class Tally {
  static final int MOST = 128;

  private final Map<Alike, Entry> entries = new HashMap<>();
  private final Map<String, Long> reasons = new TreeMap<>();
  private long total;
  private long told;

  /** Events that are alike. */
  static final class Entry {
    private final Alike alike;
    private final Example example;

    /** What those that were replaced by it had, at most: the most that its count is too high by. */
    private final long before;

    private long count;
    private long told;

    private Entry(Alike alike, Example example, long before) {
      this.alike = alike;
      this.example = example;
      this.before = before;
      this.count = before;
    }

    Alike alike() {
      return alike;
    }

    Example example() {
      return example;
    }

    /** How many there were since it was kept. */
    long certain() {
      return count - before;
    }

    /** How many of those have no line yet. */
    long untold() {
      return certain() - told;
    }
  }

  /**
   * One of them.
   *
   * @param path printable and cut
   * @param client an address in digits
   */
  record Example(String path, String client) {}

  /**
   * Counts one.
   *
   * @param mostTold for how many in all there is a line
   * @return whether this one is to have a line, being the first of its like
   */
  boolean add(Alike alike, Example example, int mostTold) {
    total++;
    reasons.merge(alike.reason(), 1L, Long::sum);
    Entry entry = entries.get(alike);
    boolean first = entry == null;
    if (entry == null) {
      entry = new Entry(alike, example, entries.size() < MOST ? 0 : dropLeast());
      entries.put(alike, entry);
    }
    entry.count++;
    if (!first || told >= mostTold) {
      return false;
    }
    entry.told++;
    told++;
    return true;
  }

  private long dropLeast() {
    @Nullable Entry least = null;
    for (Entry each : entries.values()) {
      if (least == null || each.count < least.count) {
        least = each;
      }
    }
    if (least == null) {
      return 0;
    }
    entries.remove(least.alike);
    return least.count;
  }

  boolean isEmpty() {
    return total == 0;
  }

  /** All that were counted and have no line yet. */
  long untold() {
    return total - told;
  }

  /** How many for each reason; those are words of ours, so they are few. */
  Map<String, Long> reasons() {
    return reasons;
  }

  long total() {
    return total;
  }

  /** Those of which there were most. */
  List<Entry> top(int most) {
    List<Entry> all = new ArrayList<>(entries.values());
    all.sort(Comparator.comparingLong(Entry::certain).reversed());
    return List.copyOf(all.subList(0, Math.min(most, all.size())));
  }
}
