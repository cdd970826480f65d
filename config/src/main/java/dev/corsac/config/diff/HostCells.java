package dev.corsac.config.diff;

import dev.corsac.Hosts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The hosts that two configurations tell apart, with one authority for each kind. */
final class HostCells {
  private HostCells() {}

  /**
   * Hosts of one kind.
   *
   * @param label what routes call them; empty if no route asks for the host
   * @param authority one that both answer to; empty for a request without
   */
  record Cell(String label, String authority) {}

  static List<Cell> of(Side before, Side after) {
    Set<String> patterns = new TreeSet<>(before.routeHosts());
    patterns.addAll(after.routeHosts());
    Set<String> hosts = new LinkedHashSet<>();
    Set<String> ports = new LinkedHashSet<>(List.of(""));
    boolean named = before.hosts().isPresent() || after.hosts().isPresent();
    hosts.add(named ? "elsewhere.example" : "");
    List<String> names = new ArrayList<>(patterns);
    for (Side side : List.of(before, after)) {
      side.hosts().map(Hosts::names).ifPresent(names::addAll);
    }
    // A name for a pattern must be none that is written out, so those come first.
    names.sort(Comparator.comparing(name -> name.startsWith("*.")));
    names.forEach(name -> add(name, hosts, ports));
    Map<Set<String>, Cell> cells = new LinkedHashMap<>();
    for (String host : hosts) {
      Set<String> fitting = new TreeSet<>();
      patterns.stream().filter(each -> Side.fits(each, host)).forEach(fitting::add);
      for (String port : ports) {
        String authority = host + port;
        if (!cells.containsKey(fitting)
            && (authority.isEmpty()
                || (before.answersTo(authority) && after.answersTo(authority)))) {
          cells.put(fitting, new Cell(label(fitting, patterns.isEmpty()), authority));
        }
      }
    }
    return new ArrayList<>(cells.values());
  }

  /** A name's host and port, and of a pattern a name below it that nobody is likely to list. */
  private static void add(String name, Set<String> hosts, Set<String> ports) {
    String host = name.replaceFirst(":[0-9]+$", "");
    ports.add(name.substring(host.length()));
    if (!host.startsWith("*.")) {
      hosts.add(host);
      return;
    }
    String label = "a";
    while (hosts.contains(label + host.substring(1))) {
      label += "a";
    }
    hosts.add(label + host.substring(1));
  }

  private static String label(Set<String> fitting, boolean none) {
    return fitting.stream()
        .max(
            Comparator.comparing((String each) -> !each.startsWith("*."))
                .thenComparing(String::length))
        .orElse(none ? "" : "any other host");
  }
}
