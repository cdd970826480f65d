package dev.corsac.doctor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The entries of a HAR by their URL. */
final class HarIndex {
  private final Map<String, List<HarEntry>> preflights = new HashMap<>();
  private final Map<String, List<HarEntry>> others = new HashMap<>();

  HarIndex(List<HarEntry> entries) {
    for (HarEntry entry : entries) {
      (entry.isPreflight() ? preflights : others)
          .computeIfAbsent(entry.target(), unused -> new ArrayList<>())
          .add(entry);
    }
  }

  /** The URLs for which preflights were recorded, with these. */
  Map<String, List<HarEntry>> preflights() {
    return preflights;
  }

  /** The preflight for a method that was recorded nearest to an entry: browsers order freely. */
  Optional<HarEntry> preflightOf(String url, String method, int near) {
    HarEntry nearest = null;
    for (HarEntry each : preflights.getOrDefault(url, List.of())) {
      String asked = each.sent("Access-Control-Request-Method");
      if ((asked == null || asked.equals(method))
          && (nearest == null
              || Math.abs(each.index() - near) < Math.abs(nearest.index() - near))) {
        nearest = each;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** The first request of this URL after an entry: where its redirect led. */
  Optional<HarEntry> after(int entry, String url) {
    return others.getOrDefault(url, List.of()).stream()
        .filter(each -> each.index() > entry)
        .findFirst();
  }

  /**
   * Whether an answer of the same URL was made for the page of that origin, and a cache kept it.
   */
  boolean wasMadeFor(String allowedOrigin, HarEntry entry) {
    return others.getOrDefault(entry.target(), List.of()).stream()
        .anyMatch(
            each ->
                allowedOrigin.equals(each.sent("Origin"))
                    && allowedOrigin.equals(each.answered("Access-Control-Allow-Origin"))
                    && !variesWithOrigin(each.answered("Vary")));
  }

  static boolean variesWithOrigin(@Nullable String vary) {
    if (vary != null) {
      for (String name : vary.split(",", -1)) {
        if (name.strip().equals("*") || name.strip().equalsIgnoreCase("Origin")) {
          return true;
        }
      }
    }
    return false;
  }
}
