package dev.corsac.config;

import dev.corsac.CorsPolicy;
import dev.corsac.PathRoutes;
import dev.corsac.finding.Finding;
import dev.corsac.finding.SettingPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what stands below {@code routes:}. */
final class RoutesReader {
  private static final SettingPath ROUTES = SettingPath.of("routes");
  private static final ValueReader.Item NONE = new ValueReader.Item("", Place.START);

  private final ValueReader values;
  private final Findings findings;
  private final ActiveProfile profile;
  private final OriginsFromReader originsFrom;
  private final List<String> keys;

  RoutesReader(
      ValueReader values,
      Findings findings,
      ActiveProfile profile,
      OriginsFromReader originsFrom,
      List<String> keys) {
    this.values = values;
    this.findings = findings;
    this.profile = profile;
    this.originsFrom = originsFrom;
    this.keys = keys;
  }

  /**
   * The routes that have a path.
   *
   * @param policy that of a route without one of its own
   * @param shadow the candidate for it
   * @param host reads which host a route is for
   * @param rest reads where a route leads and how it is served
   */
  List<RouteConfig> read(
      Optional<CorsPolicy> policy,
      Optional<CorsPolicy> shadow,
      Function<Yaml.Mapping, Optional<String>> host,
      BiConsumer<Yaml.Mapping, RouteConfig.Builder> rest) {
    Yaml.Entry entry = profile.file().get("routes");
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
            FileRule.WRONG_TYPE,
            "A route has keys of its own.",
            "Write - path: /api/**, with the other keys below path.");
        continue;
      }
      values.checkKeys(route, keys, "of a route");
      ValueReader.Item path = path(route);
      Optional<String> asked = host.apply(route);
      Yaml.Entry cors = route.get("cors");
      Optional<CorsPolicy> ownPolicy =
          cors == null ? policy : PolicyReader.read(cors, values, findings, profile, originsFrom);
      Optional<CorsPolicy> ownShadow =
          cors == null && route.get("shadow") == null
              ? shadow
              : PolicyReader.read(route.get("shadow"), values, findings, profile, originsFrom);
      if (path != null) {
        paths.add(new Path(path, asked.orElse("")));
        RouteConfig.Builder config = RouteConfig.builder(path.text());
        rest.accept(route, config);
        asked.ifPresent(config::host);
        ownPolicy.ifPresent(config::cors);
        ownShadow.ifPresent(config::shadow);
        routes.add(config.build());
      }
    }
    checkPaths(paths);
    return routes;
  }

  private ValueReader.@Nullable Item path(Yaml.Mapping route) {
    if (route.get("path") == null) {
      findings.add(
          route.place(), FileRule.MISSING_VALUE, "The route has no path.", "Add path: /api/**.");
      return null;
    }
    return values.text(route, "path", "/api/**");
  }

  private void checkPaths(List<Path> paths) {
    paths.stream().map(Path::host).distinct().forEach(host -> checkPaths(host, paths));
  }

  /**
   * Checks the routes of a host, which an earlier one of the same host, or of any, may leave
   * nothing. The table counts the routes that are in it, so that its places are not yet the file's.
   */
  private void checkPaths(String host, List<Path> all) {
    PathRoutes.Builder<ValueReader.Item> table = PathRoutes.builder(NONE, NONE);
    Map<SettingPath, Path> places = new HashMap<>();
    for (Path path : all) {
      if (path.host().isEmpty() || path.host().equals(host)) {
        places.put(ROUTES.index(places.size()).key("path"), path);
        table.add(path.item().text(), path.item());
      }
    }
    for (Finding finding : table.findings()) {
      Path path = places.get(finding.path());
      if (path != null && path.host().equals(host)) {
        findings.add(path.item().place(), finding);
      }
    }
  }

  /** A route's path, and the host it is for; empty for any. */
  private record Path(ValueReader.Item item, String host) {}
}
