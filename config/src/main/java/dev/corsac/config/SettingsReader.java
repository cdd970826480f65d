package dev.corsac.config;

import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.CorsRoutes;
import dev.corsac.Finding;
import dev.corsac.Hosts;
import dev.corsac.InvalidPolicyException;
import dev.corsac.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads policies that stand in no file. The line of a {@link Place} is the number of a path such as
 * {@code routes[0].cors.max_age}.
 */
final class SettingsReader {
  private static final List<String> KEYS = List.of("cors", "routes", "hosts");
  private static final List<String> ROUTE_KEYS = List.of("path", "cors");

  private final List<String> paths = new ArrayList<>();
  private final Findings findings = new Findings();
  private final Values values = new Values(Map.of(), findings, KEYS);

  private SettingsReader() {}

  static Cors read(
      Map<String, ?> settings, Collection<String> profiles, Consumer<Finding> warnings) {
    SettingsReader reader = new SettingsReader();
    Cors cors = reader.read(reader.mapping(settings, ""), profiles);
    List<Finding> errors = new ArrayList<>();
    for (FileFinding each : reader.findings.in("")) {
      Finding found = each.finding();
      String where = reader.paths.get(each.line() - 1);
      Finding placed = new Finding(found.rule(), where, found.message(), found.fix());
      if (placed.severity() == Severity.ERROR) {
        errors.add(placed);
      } else {
        warnings.accept(placed);
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidPolicyException(errors);
    }
    return cors;
  }

  /** Worth something only if there is no error among the findings. */
  private Cors read(Yaml.Mapping settings, Collection<String> profiles) {
    values.checkKeys(settings, KEYS, "of the settings");
    Profiles.Reading reading = Profiles.of(settings, profiles);
    Yaml.Entry entry = settings.get("cors");
    Optional<CorsPolicy> policy =
        entry == null ? Optional.empty() : PolicyReader.read(entry, values, findings, reading);
    List<RouteConfig> routes =
        new RoutesReader(values, findings, reading, ROUTE_KEYS)
            .read(policy, route -> Optional.empty());
    Optional<Hosts> hosts = new HostsReader(values, findings).read(settings);
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

  private Yaml node(@Nullable Object value, String path) {
    if (value instanceof Map<?, ?> map) {
      return mapping(map, path);
    }
    Place place = place(path);
    if (value instanceof Collection<?> collection) {
      List<Yaml> items = new ArrayList<>();
      for (Object item : collection) {
        items.add(node(item, path + "[" + items.size() + "]"));
      }
      return new Yaml.Sequence(items, place);
    }
    return new Yaml.Scalar(value == null ? "" : value.toString(), false, false, place);
  }

  private Yaml.Mapping mapping(Map<?, ?> map, String path) {
    Place place = place(path);
    List<Yaml.Entry> entries = new ArrayList<>();
    map.forEach(
        (key, value) -> {
          String below = path.isEmpty() ? String.valueOf(key) : path + "." + key;
          Yaml.Scalar name = new Yaml.Scalar(String.valueOf(key), false, false, place(below));
          entries.add(new Yaml.Entry(name, node(value, below)));
        });
    return new Yaml.Mapping(entries, place);
  }

  private Place place(String path) {
    paths.add(path);
    return new Place(paths.size(), 1, 1);
  }
}
