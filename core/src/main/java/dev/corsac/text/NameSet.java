package dev.corsac.text;

import java.util.Collection;
import java.util.List;

/**
 * A fixed set of tokens that is asked about parts of a string, without making a string of the part.
 */
public final class NameSet {
  private final String[] slots;
  private final boolean ignoreCase;
  private final int longest;
  private final int size;
  private final int totalLength;

  public NameSet(Collection<String> names, boolean ignoreCase) {
    this.ignoreCase = ignoreCase;
    this.slots = new String[Integer.highestOneBit(names.size() + 1) * 4];
    int maximum = 0;
    int total = 0;
    int added = 0;
    for (String name : names) {
      if (!contains(slots, ignoreCase, name, 0, name.length())) {
        slots[freeSlot(name)] = name;
        added++;
      }
      maximum = Math.max(maximum, name.length());
      total += name.length();
    }
    this.longest = maximum;
    this.totalLength = total;
    this.size = added;
  }

  public static NameSet ofHeaders(String... names) {
    return new NameSet(List.of(names), true);
  }

  public boolean contains(String name) {
    return contains(name, 0, name.length());
  }

  public boolean contains(String text, int from, int to) {
    return to - from <= longest && contains(slots, ignoreCase, text, from, to);
  }

  public int size() {
    return size;
  }

  public int totalLength() {
    return totalLength;
  }

  private int freeSlot(String name) {
    int slot = slot(slots, name, 0, name.length());
    while (slots[slot] != null) {
      slot = slot + 1 == slots.length ? 0 : slot + 1;
    }
    return slot;
  }

  private static boolean contains(
      String[] slots, boolean ignoreCase, String text, int from, int to) {
    int slot = slot(slots, text, from, to);
    while (slots[slot] != null) {
      String name = slots[slot];
      if (name.length() == to - from && name.regionMatches(ignoreCase, 0, text, from, to - from)) {
        return true;
      }
      slot = slot + 1 == slots.length ? 0 : slot + 1;
    }
    return false;
  }

  /**
   * The hash folds case in any set, at the price of a rare collision where case matters; there are
   * a power of two slots, since a division would take as long as the rest.
   */
  private static int slot(String[] slots, String text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + (text.charAt(i) | 0x20);
    }
    return (hash ^ hash >>> 15) & (slots.length - 1);
  }
}
