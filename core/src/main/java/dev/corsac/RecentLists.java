package dev.corsac;

import org.jspecify.annotations.Nullable;

/**
 * Lists of request headers that a policy allowed lately: pages ask for the same few again and
 * again. One of each length is kept, up to a length's multiple of the number of slots, so a sender
 * of odd lists can at most have the others read again. Thread-safe.
 */
final class RecentLists {
  private static final int SLOTS = 16;

  /** Written and read without order: whichever text is seen is one that was allowed. */
  private final @Nullable String[] lists = new String[SLOTS];

  boolean contains(String list) {
    return list.equals(lists[slot(list)]);
  }

  void add(String list) {
    lists[slot(list)] = list;
  }

  private static int slot(String list) {
    return list.length() & (SLOTS - 1);
  }
}
