package dev.corsac.gateway.admin;

import dev.corsac.gateway.watch.Alike;
import dev.corsac.gateway.watch.Window;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The events of the last minutes, by time and reason and by origin. */
final class DenialsReport {
  /** How many bars a chart has. */
  private static final int SLOTS = 30;

  private static final int SLOT_SECONDS = 30;
  private static final int MOST = 10;

  private DenialsReport() {}

  /** What many have in common, and one of them. */
  private static final class Sum {
    private final Alike alike;
    private final String path;
    private long count;

    private Sum(Alike alike, String path) {
      this.alike = alike;
      this.path = path;
    }

    long count() {
      return count;
    }
  }

  static JsonObject of(List<Window> windows, Instant now) {
    long last = now.getEpochSecond() / SLOT_SECONDS;
    Map<Long, Map<String, Long>> slots = new HashMap<>();
    Map<List<Object>, Sum> sums = new HashMap<>();
    for (Window window : windows) {
      long slot = window.end().getEpochSecond() / SLOT_SECONDS;
      Map<String, Long> reasons = slots.computeIfAbsent(slot, each -> new TreeMap<>());
      window
          .reasons()
          .values()
          .forEach(
              counts -> counts.forEach((reason, count) -> reasons.merge(reason, count, Long::sum)));
      for (Window.Count each : window.most()) {
        Alike alike = each.alike();
        List<Object> same =
            List.of(alike.event(), alike.reason(), alike.origin(), alike.route(), alike.failure());
        sums.computeIfAbsent(same, first -> new Sum(alike, each.path())).count += each.count();
      }
    }
    JsonArray bars = new JsonArray();
    for (long slot = last - SLOTS + 1; slot <= last; slot++) {
      JsonObject bar = new JsonObject();
      slots.getOrDefault(slot, Map.of()).forEach(bar::put);
      bars.add(bar);
    }
    JsonArray most = new JsonArray();
    sums.values().stream()
        .sorted(Comparator.comparingLong(Sum::count).reversed())
        .limit(MOST)
        .forEach(sum -> most.add(json(sum)));
    return new JsonObject().put("seconds", SLOT_SECONDS).put("bars", bars).put("most", most);
  }

  private static JsonObject json(Sum sum) {
    Alike alike = sum.alike;
    return new JsonObject()
        .put("event", alike.event().id())
        .put("reason", alike.reason())
        .put("kind", alike.kind())
        .put("origin", alike.origin())
        .put("route", alike.route())
        .put("method", alike.method())
        .put("path", sum.path)
        .put("failure", alike.failure())
        .put("count", sum.count);
  }
}
