package dev.corsac.config;

import dev.corsac.CorsPolicy;
import dev.corsac.Hosts;
import dev.corsac.Rule;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the file's top level. */
final class ConfigReader {
  static final List<String> KEYS =
      List.of(
          "listen",
          "hosts",
          "admin",
          "upstream",
          "cors",
          "routes",
          "timeouts",
          "limits",
          "max_body",
          "profiles");

  private static final List<String> ROUTE_KEYS = List.of("path", "upstream", "cors");
  private static final List<String> TIMEOUT_KEYS =
      List.of("connect", "request", "idle", "body", "head", "websocket", "drain", "stop");
  private static final List<String> LIMIT_KEYS = List.of("connections", "connections_per_address");
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
    this.values = new Values(environment, findings, KEYS);
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
    HostsReader hostsReader = new HostsReader(values, findings);
    Optional<Hosts> hosts = hostsReader.read(file);
    hostsReader.checkMissing(file, listen);
    Optional<URI> upstream = addresses.upstream(file);
    Yaml.Entry cors = file.get("cors");
    Optional<CorsPolicy> policy =
        cors == null ? Optional.empty() : PolicyReader.read(cors, values, findings, reading);
    List<RouteConfig> routes =
        new RoutesReader(values, findings, reading, ROUTE_KEYS)
            .read(policy, route -> addresses.upstream(route).or(() -> upstream));
    return new CorsacConfig(
        listen,
        admin,
        upstream,
        policy,
        routes,
        timeouts(),
        amounts.bytes(file, "max_body"),
        limits(),
        hosts);
  }

  private Timeouts timeouts() {
    Timeouts standard = Timeouts.DEFAULT;
    Yaml.Entry entry = file.get("timeouts");
    Yaml.Mapping timeouts = entry == null ? null : values.mapping(entry);
    if (timeouts == null) {
      return standard;
    }
    values.checkKeys(timeouts, TIMEOUT_KEYS, "of timeouts");
    return new Timeouts(
        amounts.duration(timeouts, "connect", standard.connect()),
        amounts.duration(timeouts, "request", standard.request()),
        amounts.duration(timeouts, "idle", standard.idle()),
        amounts.duration(timeouts, "body", standard.body()),
        amounts.duration(timeouts, "head", standard.head()),
        amounts.duration(timeouts, "websocket", standard.webSocket()),
        amounts.durationOrZero(timeouts, "drain", standard.drain()),
        amounts.duration(timeouts, "stop", standard.stop()));
  }

  private Limits limits() {
    Limits standard = Limits.DEFAULT;
    Yaml.Entry entry = file.get("limits");
    Yaml.Mapping limits = entry == null ? null : values.mapping(entry);
    if (limits == null) {
      return standard;
    }
    values.checkKeys(limits, LIMIT_KEYS, "of limits");
    return new Limits(
        amounts.count(limits, "connections", standard.connections()),
        amounts.countOrOff(limits, "connections_per_address", standard.connectionsPerAddress()));
  }
}
