package dev.corsac.config;

import dev.corsac.CorsPolicy;
import dev.corsac.PathRoutes;
import dev.corsac.finding.Finding;
import dev.corsac.finding.SettingPath;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what stands below {@code routes:}. */
final class RoutesReader {
  private static final SettingPath ROUTES = SettingPath.of("routes");
  private static final Values.Item NONE = new Values.Item("", Place.START);

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
   * @param upstream reads where a route leads
   */
  List<RouteConfig> read(
      Optional<CorsPolicy> policy, Function<Yaml.Mapping, Optional<URI>> upstream) {
    Yaml.Entry entry = reading.file().get("routes");
    if (entry == null) {
      return List.of();
    }
    if (!(entry.value() instanceof Yaml.Sequence sequence)) {
      values.wrong(entry, "is a list", "Write a route a line, each as - path: /api/**.");
      return List.of();
    }
    List<RouteConfig> routes = new ArrayList<>();
    List<Values.Item> paths = new ArrayList<>();
    for (Yaml each : sequence.items()) {
      if (!(each instanceof Yaml.Mapping route)) {
        findings.add(
            each.place(),
            FileRule.WRONG_TYPE,
            "A route has keys of its own.",
            "Write - path: /api/**, with the other keys below path.");
        continue;
      }
      values.checkKeys(route, keys, "of a route");
      Values.Item path = path(route);
      Optional<URI> leadsTo = upstream.apply(route);
      Yaml.Entry cors = route.get("cors");
      Optional<CorsPolicy> ownPolicy =
          cors == null ? policy : PolicyReader.read(cors, values, findings, reading);
      if (path != null) {
        paths.add(path);
        RouteConfig.Builder config = RouteConfig.builder(path.text());
        leadsTo.ifPresent(config::upstream);
        ownPolicy.ifPresent(config::cors);
        routes.add(config.build());
      }
    }
    checkPaths(paths);
    return routes;
  }

  private Values.@Nullable Item path(Yaml.Mapping route) {
    if (route.get("path") == null) {
      findings.add(
          route.place(), FileRule.MISSING_VALUE, "The route has no path.", "Add path: /api/**.");
      return null;
    }
    return values.text(route, "path", "/api/**");
  }

  /** The table counts the routes that have a path, so that its places are not yet the file's. */
  private void checkPaths(List<Values.Item> paths) {
    PathRoutes.Builder<Values.Item> table = PathRoutes.builder(NONE, NONE);
    Map<SettingPath, Place> places = new HashMap<>();
    for (Values.Item path : paths) {
      places.put(ROUTES.index(places.size()).key("path"), path.place());
      table.add(path.text(), path);
    }
    for (Finding finding : table.findings()) {
      findings.add(places.getOrDefault(finding.path(), Place.START), finding);
    }
  }
}
