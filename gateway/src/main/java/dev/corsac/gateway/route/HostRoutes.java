package dev.corsac.gateway.route;

import dev.corsac.PathRoutes;
import dev.corsac.gateway.http.Authority;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Routes in their order, each for some host or for any. Which routes a host leaves over is one
 * table of paths, made when it is first asked for; there are few, since one host fits few patterns.
 * Thread-safe.
 */
final class HostRoutes {
  private final List<Entry> entries;
  private final List<String> hosts;
  private final Route none;
  private final Route ambiguous;
  private final Map<BitSet, PathRoutes<Route>> tables = new ConcurrentHashMap<>();
  private final PathRoutes<Route> ofAnyHost;

  /**
   * A route and whom it is for.
   *
   * @param host in lower case, with {@code *.} before it for all below it; empty for any
   */
  record Entry(String host, String path, Route route) {}

  HostRoutes(List<Entry> entries, Route none, Route ambiguous) {
    this.entries = List.copyOf(entries);
    this.none = none;
    this.ambiguous = ambiguous;
    this.hosts =
        entries.stream().map(Entry::host).filter(host -> !host.isEmpty()).distinct().toList();
    this.ofAnyHost = table(new BitSet());
  }

  Route find(@Nullable Authority asked, String path) {
    if (hosts.isEmpty() || asked == null) {
      return ofAnyHost.find(path);
    }
    BitSet fitting = fitting(asked.host());
    return (fitting.isEmpty() ? ofAnyHost : tables.computeIfAbsent(fitting, this::table))
        .find(path);
  }

  private BitSet fitting(String asked) {
    String host = asked.toLowerCase(Locale.ROOT);
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    BitSet fitting = new BitSet();
    for (int i = 0; i < hosts.size(); i++) {
      String pattern = hosts.get(i);
      boolean fits =
          pattern.startsWith("*.")
              ? host.length() >= pattern.length() && host.endsWith(pattern.substring(1))
              : host.equals(pattern);
      fitting.set(i, fits);
    }
    return fitting;
  }

  private PathRoutes<Route> table(BitSet fitting) {
    List<String> those = new ArrayList<>();
    fitting.stream().forEach(i -> those.add(hosts.get(i)));
    PathRoutes.Builder<Route> table = PathRoutes.builder(none, ambiguous);
    for (Entry entry : entries) {
      if (entry.host().isEmpty() || those.contains(entry.host())) {
        table.add(entry.path(), entry.route());
      }
    }
    return table.build();
  }
}
