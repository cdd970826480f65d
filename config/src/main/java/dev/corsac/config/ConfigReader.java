package dev.corsac.config;

import dev.corsac.CorsPolicy;
import dev.corsac.InvalidPolicyException;
import dev.corsac.PathRoutes;
import dev.corsac.Rule;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the file's top level. */
final class ConfigReader {
  static final List<String> KEYS =
      List.of("listen", "admin", "upstream", "cors", "routes", "timeouts", "max_body", "profiles");

  private static final List<String> ROUTE_KEYS = List.of("path", "upstream", "cors");
  private static final Values.Item NOWHERE = new Values.Item("", Place.START);
  private static final HostPort DEFAULT_LISTEN = new HostPort("127.0.0.1", 8000);

  private final Yaml.Mapping file;
  private final Values values;
  private final Amounts amounts;
  private final Addresses addresses;
  private final Findings findings;
  private final Profiles.Reading reading;

  private ConfigReader(
      Profiles.Reading reading, Map<String, String> environment, Findings findings) {
    this.file = reading.file();
    this.values = new Values(environment, findings);
    this.amounts = new Amounts(values);
    this.addresses = new Addresses(values, findings);
    this.findings = findings;
    this.reading = reading;
  }

  /** What the file says; worth something only if there is no error among the findings. */
  static CorsacConfig read(
      Profiles.Reading reading, Map<String, String> environment, Findings findings) {
    return new ConfigReader(reading, environment, findings).read();
  }

  private CorsacConfig read() {
    values.checkKeys(file, KEYS, "of the file");
    HostPort listen = addresses.listen(file, "listen").orElse(DEFAULT_LISTEN);
    Optional<HostPort> admin = addresses.listen(file, "admin");
    Yaml.Entry adminEntry = file.get("admin");
    if (adminEntry != null && admin.isPresent() && admin.get().port() != 0) {
      if (admin.get().equals(listen)) {
        findings.add(
            adminEntry.value().place(),
            Rule.LISTEN_ADDRESS,
            "admin and listen are the same address.",
            "Give admin a port of its own, such as 127.0.0.1:" + (listen.port() % 65535 + 1) + ".");
      }
    }
    Optional<URI> upstream = addresses.upstream(file);
    Yaml.Entry cors = file.get("cors");
    Optional<CorsPolicy> policy = cors == null ? Optional.empty() : policy(cors);
    List<RouteConfig> routes = routes(upstream, policy);
    return new CorsacConfig(
        listen, admin, upstream, policy, routes, timeouts(), amounts.bytes(file, "max_body"));
  }

  private Optional<CorsPolicy> policy(Yaml.Entry cors) {
    return PolicyReader.read(cors, values, findings, reading);
  }

  private Timeouts timeouts() {
    Timeouts standard = Timeouts.DEFAULT;
    Yaml.Entry entry = file.get("timeouts");
    Yaml.Mapping timeouts = entry == null ? null : values.mapping(entry);
    if (timeouts == null) {
      return standard;
    }
    values.checkKeys(timeouts, List.of("connect", "request", "idle"), "of timeouts");
    return new Timeouts(
        amounts.duration(timeouts, "connect", standard.connect()),
        amounts.duration(timeouts, "request", standard.request()),
        amounts.duration(timeouts, "idle", standard.idle()));
  }

  private List<RouteConfig> routes(Optional<URI> upstream, Optional<CorsPolicy> policy) {
    Yaml.Entry entry = file.get("routes");
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
            Rule.WRONG_TYPE,
            "A route has keys of its own.",
            "Write - path: /api/**, with cors: or upstream: below path.");
        continue;
      }
      values.checkKeys(route, ROUTE_KEYS, "of a route");
      Values.Item path = path(route);
      Optional<URI> ownUpstream = addresses.upstream(route);
      Yaml.Entry cors = route.get("cors");
      Optional<CorsPolicy> ownPolicy = cors == null ? policy : policy(cors);
      if (path != null) {
        paths.add(path);
        routes.add(new RouteConfig(path.text(), ownUpstream.or(() -> upstream), ownPolicy));
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

  private void checkPaths(List<Values.Item> paths) {
    PathRoutes.Builder<Values.Item> valid = PathRoutes.builder(NOWHERE, NOWHERE);
    List<Place> places = new ArrayList<>();
    for (Values.Item path : paths) {
      try {
        PathRoutes.builder(NOWHERE, NOWHERE).add(path.text(), path).build();
        valid.add(path.text(), path);
        places.add(path.place());
      } catch (InvalidPolicyException e) {
        e.findings().forEach(finding -> findings.add(path.place(), finding));
      }
    }
    valid
        .build()
        .findings()
        .forEach(finding -> findings.add(places.get(index(finding.where())), finding));
  }

  /** The index in a place such as {@code routes[3].path}. */
  private static int index(String where) {
    return Integer.parseInt(where.substring(where.indexOf('[') + 1, where.indexOf(']')));
  }
}
