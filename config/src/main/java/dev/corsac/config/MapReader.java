package dev.corsac.config;

import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.CorsRoutes;
import dev.corsac.Hosts;
import dev.corsac.InvalidPolicyException;
import dev.corsac.finding.Finding;
import dev.corsac.finding.SettingPath;
import dev.corsac.finding.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads policies that stand in no file. */
final class MapReader {
  private static final List<String> KEYS = List.of("cors", "shadow", "routes", "hosts");
  private static final List<String> ROUTE_KEYS = List.of("path", "cors", "shadow");

  private final Map<SettingPath, Integer> order = new HashMap<>();
  private final Findings findings = new Findings();
  private final CorsacConfig.Builder config = CorsacConfig.builder();
  private final ValueReader values = new ValueReader(Map.of(), findings, KEYS);
  private final OriginsFromReader originsFrom =
      new OriginsFromReader(values, findings, Path.of("").toAbsolutePath(), System.getenv());

  private MapReader() {}

  static Cors read(
      Map<String, ?> settings,
      Collection<String> profiles,
      Consumer<Finding> warnings,
      Consumer<? super CorsacConfig> config) {
    MapReader reader = new MapReader();
    Cors cors = reader.read(reader.mapping(settings, SettingPath.ROOT), profiles);
    List<Finding> errors = new ArrayList<>();
    for (Finding finding : reader.inOrder()) {
      if (finding.severity() == Severity.ERROR) {
        errors.add(finding);
      } else {
        warnings.accept(finding);
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidPolicyException(errors);
    }
    config.accept(reader.config.build());
    return cors;
  }

  /** Worth something only if there is no error among the findings. */
  private Cors read(Yaml.Mapping settings, Collection<String> profiles) {
    values.checkKeys(settings, KEYS, "of the settings");
    ActiveProfile profile = ActiveProfile.of(settings, profiles);
    Optional<CorsPolicy> policy =
        PolicyReader.read(settings.get("cors"), values, findings, profile, originsFrom);
    Optional<CorsPolicy> shadow =
        PolicyReader.read(settings.get("shadow"), values, findings, profile, originsFrom);
    List<RouteConfig> routes =
        new RoutesReader(values, findings, profile, originsFrom, ROUTE_KEYS)
            .read(policy, shadow, route -> Optional.empty(), (route, rest) -> {});
    Optional<Hosts> hosts = new HostsReader(values, findings).read(settings);
    policy.ifPresent(config::cors);
    shadow.ifPresent(config::shadow);
    hosts.ifPresent(config::hosts);
    config.routes(routes);
    Cors cors = findings.hasErrors() ? Cors.off() : cors(policy, routes);
    return hosts.map(names -> names.guard(cors)).orElse(cors);
  }

  private static Cors cors(Optional<CorsPolicy> policy, List<RouteConfig> routes) {
    if (routes.isEmpty()) {
      return orOff(policy);
    }
    CorsRoutes.Builder table = CorsRoutes.builder();
    routes.forEach(route -> table.route(route.path(), orOff(route.cors())));
    policy.ifPresent(cors -> table.route("/**", cors));
    return table.build();
  }

  private static Cors orOff(Optional<CorsPolicy> policy) {
    return policy.<Cors>map(cors -> cors).orElse(Cors.off());
  }

  /** The findings in the order of the settings. */
  private List<Finding> inOrder() {
    return findings.all().stream()
        .sorted(Comparator.comparing(finding -> order.getOrDefault(finding.path(), 0)))
        .toList();
  }

  private Yaml node(@Nullable Object value, SettingPath path) {
    if (value instanceof Map<?, ?> map) {
      return mapping(map, path);
    }
    Place place = place(path);
    if (value instanceof Collection<?> collection) {
      List<Yaml> items = new ArrayList<>();
      for (Object item : collection) {
        items.add(node(item, path.index(items.size())));
      }
      return new Yaml.Sequence(items, place);
    }
    return new Yaml.Scalar(value == null ? "" : value.toString(), false, false, place);
  }

  private Yaml.Mapping mapping(Map<?, ?> map, SettingPath path) {
    Place place = place(path);
    List<Yaml.Entry> entries = new ArrayList<>();
    map.forEach(
        (key, value) -> {
          SettingPath below = path.key(String.valueOf(key));
          Yaml.Scalar name = new Yaml.Scalar(String.valueOf(key), false, false, place(below));
          entries.add(new Yaml.Entry(name, node(value, below)));
        });
    return new Yaml.Mapping(entries, place);
  }

  private Place place(SettingPath path) {
    order.putIfAbsent(path, order.size());
    return new Place(path, Position.NONE);
  }
}
