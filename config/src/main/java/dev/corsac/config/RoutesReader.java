package dev.corsac.config;

import dev.corsac.CorsPolicy;
import dev.corsac.Finding;
import dev.corsac.InvalidPolicyException;
import dev.corsac.PathRoutes;
import dev.corsac.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what stands below {@code routes:}. */
final class RoutesReader {
  private static final Values.Item NOWHERE = new Values.Item("", Place.START);

  private final Values values;
  private final Findings findings;
  private final Profiles.Reading reading;
  private final List<String> keys;

  RoutesReader(Values values, Findings findings, Profiles.Reading reading, List<String> keys) {
    this.values = values;
    this.findings = findings;
    this.reading = reading;
    this.keys = keys;
  }

  /**
   * The routes that have a path.
   *
   * @param policy that of a route without one of its own
   * @param host reads which host a route is for
   * @param rest reads where a route leads and how it is served
   */
  List<RouteConfig> read(
      Optional<CorsPolicy> policy,
      Function<Yaml.Mapping, Optional<String>> host,
      BiFunction<Yaml.Mapping, String, RouteConfig> rest) {
    Yaml.Entry entry = reading.file().get("routes");
    if (entry == null) {
      return List.of();
    }
    if (!(entry.value() instanceof Yaml.Sequence sequence)) {
      values.wrong(entry, "is a list", "Write a route a line, each as - path: /api/**.");
      return List.of();
    }
    List<RouteConfig> routes = new ArrayList<>();
    List<Path> paths = new ArrayList<>();
    for (Yaml each : sequence.items()) {
      if (!(each instanceof Yaml.Mapping route)) {
        findings.add(
            each.place(),
            Rule.WRONG_TYPE,
            "A route has keys of its own.",
            "Write - path: /api/**, with the other keys below path.");
        continue;
      }
      values.checkKeys(route, keys, "of a route");
      Values.Item path = path(route);
      Optional<String> asked = host.apply(route);
      RouteConfig read = rest.apply(route, path == null ? "" : path.text());
      Yaml.Entry cors = route.get("cors");
      Optional<CorsPolicy> ownPolicy =
          cors == null ? policy : PolicyReader.read(cors, values, findings, reading);
      if (path != null) {
        paths.add(new Path(path, asked.orElse("")));
        routes.add(new RouteConfig(path.text(), read.upstream(), ownPolicy, asked, read.options()));
      }
    }
    checkPaths(paths);
    return routes;
  }

  private Values.@Nullable Item path(Yaml.Mapping route) {
    if (route.get("path") == null) {
      findings.add(
          route.place(), Rule.MISSING_VALUE, "The route has no path.", "Add path: /api/**.");
      return null;
    }
    return values.text(route, "path", "/api/**");
  }

  private void checkPaths(List<Path> paths) {
    List<Path> valid = new ArrayList<>();
    for (Path path : paths) {
      try {
        PathRoutes.builder(NOWHERE, NOWHERE).add(path.item().text(), path.item()).build();
        valid.add(path);
      } catch (InvalidPolicyException e) {
        e.findings().forEach(finding -> findings.add(path.item().place(), finding));
      }
    }
    valid.stream().map(Path::host).distinct().forEach(host -> checkReach(host, valid));
  }

  /** Looks for routes of a host that an earlier one of the same host, or of any, leaves nothing. */
  private void checkReach(String host, List<Path> valid) {
    PathRoutes.Builder<Values.Item> routes = PathRoutes.builder(NOWHERE, NOWHERE);
    List<Path> candidates =
        valid.stream().filter(path -> path.host().isEmpty() || path.host().equals(host)).toList();
    candidates.forEach(path -> routes.add(path.item().text(), path.item()));
    for (Finding finding : routes.build().findings()) {
      Path path = candidates.get(index(finding.where()));
      if (path.host().equals(host)) {
        findings.add(path.item().place(), finding);
      }
    }
  }

  /** A route's path, and the host it is for; empty for any. */
  private record Path(Values.Item item, String host) {}

  /** The index in a place such as {@code routes[3].path}. */
  private static int index(String where) {
    return Integer.parseInt(where.substring(where.indexOf('[') + 1, where.indexOf(']')));
  }
}
