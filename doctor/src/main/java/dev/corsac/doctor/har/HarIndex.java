package dev.corsac.doctor.har;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The entries of a HAR by their URL, in their order. */
final class HarIndex {
  private final Map<String, NavigableMap<Integer, HarEntry>> preflights = new HashMap<>();
  private final Map<String, NavigableMap<Integer, HarEntry>> others = new HashMap<>();

  /** Each URL with an origin whose answer any cache may give to other origins. */
  private final Set<String> cacheable = new HashSet<>();

  HarIndex(List<HarEntry> entries) {
    for (HarEntry entry : entries) {
      if (entry.isPreflight()) {
        String asked = entry.sent("Access-Control-Request-Method");
        put(preflights, key(Objects.requireNonNullElse(asked, ""), entry.target()), entry);
      } else {
        put(others, entry.target(), entry);
        String origin = entry.sent("Origin");
        if (origin != null
            && origin.equals(entry.answered("Access-Control-Allow-Origin"))
            && !entry.response().variesBy("Origin")) {
          cacheable.add(key(origin, entry.target()));
        }
      }
    }
  }

  private static void put(
      Map<String, NavigableMap<Integer, HarEntry>> map, String key, HarEntry entry) {
    map.computeIfAbsent(key, unused -> new TreeMap<>()).put(entry.index(), entry);
  }

  private static String key(String first, String url) {
    return first + ' ' + url;
  }

  /** The preflight for a method that was recorded nearest to an entry: browsers order freely. */
  Optional<HarEntry> preflightOf(String url, String method, int near) {
    return nearest(preflights.get(key(method, url)), near)
        .or(() -> nearest(preflights.get(key("", url)), near));
  }

  private static Optional<HarEntry> nearest(
      @Nullable NavigableMap<Integer, HarEntry> entries, int near) {
    if (entries == null) {
      return Optional.empty();
    }
    Map.Entry<Integer, HarEntry> before = entries.floorEntry(near);
    Map.Entry<Integer, HarEntry> after = entries.higherEntry(near);
    boolean isBefore =
        after == null || (before != null && near - before.getKey() <= after.getKey() - near);
    return Optional.ofNullable(isBefore ? before : after).map(Map.Entry::getValue);
  }

  /** The first request of this URL after an entry: where its redirect led. */
  Optional<HarEntry> after(int entry, String url) {
    NavigableMap<Integer, HarEntry> same = others.get(url);
    return same == null
        ? Optional.empty()
        : Optional.ofNullable(same.higherEntry(entry)).map(Map.Entry::getValue);
  }

  /** Whether the URL was loaded before an entry by an element that asks without CORS. */
  boolean wasLoadedWithoutCors(HarEntry entry) {
    NavigableMap<Integer, HarEntry> same = others.get(entry.target());
    return same != null
        && same.headMap(entry.index(), false).values().stream()
            .anyMatch(
                each ->
                    each.status() / 100 == 2
                        && each.sent("Origin") == null
                        && !each.mayBeCors()
                        && !each.response().contains("Access-Control-Allow-Origin"));
  }

  /**
   * Whether a response of the same URL was made for the page of that origin, and a cache kept it.
   */
  boolean wasMadeFor(String allowedOrigin, HarEntry entry) {
    return cacheable.contains(key(allowedOrigin, entry.target()));
  }
}
