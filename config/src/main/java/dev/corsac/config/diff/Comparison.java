package dev.corsac.config.diff;

import dev.corsac.CorsPolicy;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.RouteConfig;
import dev.corsac.config.diff.OriginUnion.Item;
import dev.corsac.config.diff.Side.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares two configurations: which pairs of routes there are requests for, and for each pair the
 * policies.
 */
final class Comparison {
  private final Side before;
  private final Side after;
  private final Set<String> unproven = new TreeSet<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final Map<Pair, Found> found = new LinkedHashMap<>();
  private final List<OddPaths> odd = new ArrayList<>();
  private final List<ConfigDiff.Part> parts = new ArrayList<>();

  /** What decides about some requests, before and after. */
  private record Pair(Rules before, Rules after) {}

  /** What of a route is compared. */
  private record Rules(
      Optional<CorsPolicy> cors, boolean ambiguous, boolean joined, Optional<Duration> cached) {
    static Rules of(Target target) {
      return new Rules(
          target.cors(),
          target.ambiguous(),
          target.options().joinExposedHeaders(),
          target.options().preflightCache());
    }
  }

  /** A request that they decide about, without what makes it a request of a browser. */
  private record Found(Witness witness, Set<Region> regions) {}

  Comparison(CorsacConfig before, CorsacConfig after) {
    this.before = new Side(before);
    this.after = new Side(after);
  }

  ConfigDiff compare() {
    compareHosts();
    for (HostCells.Cell cell : HostCells.of(before, after)) {
      find(cell);
    }
    found.forEach(this::compare);
    if (parts.isEmpty()) {
      odd.forEach(
          each -> each.compare().ifPresent(difference -> add(List.of(), List.of(difference))));
    }
    // Each part begins with its most urgent difference.
    parts.sort(Comparator.comparingInt(part -> part.differences().get(0).urgency()));
    return new ConfigDiff(List.copyOf(parts), List.copyOf(unproven), List.copyOf(notes));
  }

  private void compareHosts() {
    List<Difference> differences = new ArrayList<>();
    addHosts(
        differences,
        Direction.NEWLY_PASSES,
        HostNames.minus(after.hosts(), before.hosts(), unproven));
    addHosts(
        differences,
        Direction.NEWLY_BLOCKED,
        HostNames.minus(before.hosts(), after.hosts(), unproven));
    add(List.of(), differences);
  }

  private void addHosts(List<Difference> differences, Direction direction, List<Item> items) {
    for (Item item : items) {
      Witness witness = new Witness("GET", "/", Map.of("Host", item.origin()));
      differences.add(
          new Difference(
              direction,
              Subject.HOST,
              item.value(),
              false,
              item.partly(),
              witness,
              before.effect(witness),
              after.effect(witness)));
    }
  }

  private void find(HostCells.Cell cell) {
    String host = Side.hostOf(cell.authority());
    List<RouteConfig> first = before.routes(host);
    List<RouteConfig> second = after.routes(host);
    try {
      Map<String, String> fields =
          cell.authority().isEmpty() ? Map.of() : Map.of("Host", cell.authority());
      OddPaths paths = new OddPaths(before, after, fields, unproven);
      odd.add(paths);
      for (PathCells.Cell each : PathCells.of(paths(first), paths(second))) {
        Target from = before.target(host, each.path());
        Target to = after.target(host, each.path());
        paths.add(each.path(), from, to);
        if ((from.ambiguous() || to.ambiguous()) && !each.written()) {
          continue;
        }
        found
            .computeIfAbsent(
                new Pair(Rules.of(from), Rules.of(to)),
                unused -> new Found(new Witness("GET", each.path(), fields), new LinkedHashSet<>()))
            .regions()
            .add(new Region(cell.label(), path(first, each.first()), path(second, each.second())));
      }
    } catch (Inclusion.TooLargeException e) {
      unproven.add("the routes" + (cell.label().isEmpty() ? "" : " of " + cell.label()));
    }
  }

  private static List<String> paths(List<RouteConfig> routes) {
    return routes.stream().map(RouteConfig::path).toList();
  }

  private static String path(List<RouteConfig> routes, int place) {
    return place < 0 ? "" : routes.get(place).path();
  }

  private void compare(Pair pair, Found where) {
    if (pair.before().ambiguous() || pair.after().ambiguous()) {
      add(
          List.copyOf(where.regions()),
          OddPaths.compare(before, after, where.witness()).stream().toList());
      return;
    }
    List<Difference> all =
        new ArrayList<>(
            PolicyDiff.of(
                    pair.before().cors(), pair.after().cors(), where.witness(), unproven, notes)
                .stream()
                .filter(this::isShown)
                .toList());
    compareOptions(pair, where.witness(), all);
    add(List.copyOf(where.regions()), all);
  }

  /** Whether the two really decide so, which is asked once more of the whole of each. */
  private boolean isShown(Difference difference) {
    Witness witness = difference.witness();
    boolean shown =
        witness.headers("Origin").contains(PolicyDiff.STAND_IN)
            || (before.effect(witness).equals(difference.before())
                && after.effect(witness).equals(difference.after())
                && !difference.before().equals(difference.after()));
    if (!shown) {
      unproven.add(difference.subject().id() + " " + difference.value());
    }
    return shown;
  }

  private void compareOptions(Pair pair, Witness witness, List<Difference> differences) {
    if (pair.before().cors().isEmpty() || pair.after().cors().isEmpty()) {
      return;
    }
    boolean joined = pair.after().joined();
    if (pair.before().joined() != joined) {
      differences.add(
          option(
              joined ? Direction.NEWLY_PASSES : Direction.NEWLY_BLOCKED,
              "join_exposed_headers: " + !joined + " → " + joined,
              witness));
    }
    if (!pair.before().cached().equals(pair.after().cached())) {
      differences.add(
          option(
              Direction.CHANGED,
              "preflight_cache: "
                  + seconds(pair.before().cached())
                  + " → "
                  + seconds(pair.after().cached()),
              witness));
    }
  }

  private static String seconds(Optional<Duration> duration) {
    return duration.map(each -> each.toSeconds() + "s").orElse("none");
  }

  private Difference option(Direction direction, String value, Witness witness) {
    return new Difference(
        direction,
        Subject.OPTION,
        value,
        false,
        false,
        witness,
        before.effect(witness),
        after.effect(witness));
  }

  private void add(List<Region> regions, List<Difference> differences) {
    if (!differences.isEmpty()) {
      parts.add(
          new ConfigDiff.Part(
              regions,
              differences.stream().sorted(Comparator.comparingInt(Difference::urgency)).toList()));
    }
  }
}
