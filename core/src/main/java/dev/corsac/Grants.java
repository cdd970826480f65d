package dev.corsac;

import dev.corsac.origin.OriginHash;
import dev.corsac.origin.OriginSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decisions on the listed exact origins of a policy, made when it is built: as long as there
 * are not too many, no request makes one. Immutable and thread-safe.
 */
final class Grants {
  /** The decisions of more origins would weigh more than the origins. */
  private static final int MOST = 1024;

  /** So many are compared one after the other in less time than a hash takes. */
  private static final int FEW = 4;

  /** What is decided for one origin. */
  record Grant(String origin, Decision actual, Decision preflight) {}

  private final @Nullable Grant[] slots;
  private final boolean complete;
  private final int longest;

  Grants(OriginSet listed, Ruling actual, Ruling preflight) {
    complete = listed.size() <= MOST;
    List<String> origins =
        complete
            ? listed.toList().stream().filter(origin -> !origin.contains("*")).toList()
            : List.of();
    int size = origins.size();
    longest = origins.stream().mapToInt(String::length).max().orElse(0);
    slots = new Grant[size <= FEW ? size : Integer.highestOneBit(size) * 4];
    for (int i = 0; i < size; i++) {
      String origin = origins.get(i);
      slots[size <= FEW ? i : slot(origin)] =
          new Grant(origin, actual.on(origin), preflight.on(origin));
    }
  }

  /** Whether every listed exact origin has its decisions here. */
  boolean areComplete() {
    return complete;
  }

  /** What is decided for an origin; null if that is not made in advance. */
  @Nullable Grant find(String origin) {
    if (slots.length > FEW) {
      return origin.length() > longest ? null : slots[slot(origin)];
    }
    for (Grant grant : slots) {
      if (grant != null && grant.origin.equals(origin)) {
        return grant;
      }
    }
    return null;
  }

  /** The slot of an origin, or the free one where it would be. */
  private int slot(String origin) {
    int mask = slots.length - 1;
    int slot = OriginHash.of(origin) & mask;
    Grant grant = slots[slot];
    while (grant != null && !grant.origin.equals(origin)) {
      slot = slot + 1 & mask;
      grant = slots[slot];
    }
    return slot;
  }
}
