package dev.corsac.config;

import dev.corsac.CorsPolicy;
import dev.corsac.Hosts;
import dev.corsac.config.watch.LogFormat;
import dev.corsac.config.watch.WatchConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the file's top level. */
final class ConfigReader {
  static final List<String> KEYS =
      List.of(
          "listen",
          "hosts",
          "admin",
          "admin_token",
          "log",
          "access_log",
          "upstream",
          "cors",
          "shadow",
          "routes",
          "timeouts",
          "limits",
          "max_body",
          "tls",
          "trusted_proxies",
          "guards",
          "upstream_tls",
          "upstream_protocol",
          "drop_origin",
          "join_exposed_headers",
          "preflight_cache",
          "profiles");

  private static final List<String> ROUTE_KEYS =
      Stream.concat(
              Stream.of("path", "host", "upstream", "site", "cors", "shadow"),
              OptionsReader.KEYS.stream())
          .toList();
  private static final List<String> LIMIT_KEYS = List.of("connections", "connections_per_address");

  private final Yaml.Mapping file;
  private final ValueReader values;
  private final Quantities quantities;
  private final Addresses addresses;
  private final Findings findings;
  private final ActiveProfile profile;
  private final Path folder;
  private final OriginsFromReader originsFrom;

  private ConfigReader(
      ActiveProfile profile, Map<String, String> environment, Findings findings, Path folder) {
    this.file = profile.file();
    this.values = new ValueReader(environment, findings, KEYS);
    this.quantities = new Quantities(values);
    this.addresses = new Addresses(values, findings);
    this.findings = findings;
    this.profile = profile;
    this.folder = folder;
    this.originsFrom = new OriginsFromReader(values, findings, folder, environment);
  }

  /**
   * What the file says; worth something only if there is no error among the findings.
   *
   * @param folder what paths in it are relative to
   */
  static CorsacConfig read(
      ActiveProfile profile, Map<String, String> environment, Findings findings, Path folder) {
    return new ConfigReader(profile, environment, findings, folder).read();
  }

  private CorsacConfig read() {
    values.checkKeys(file, KEYS, "of the file");
    HostPort listen = addresses.listen(file, "listen").orElse(CorsacConfig.DEFAULT_LISTEN);
    Optional<HostPort> admin = addresses.listen(file, "admin");
    Yaml.Entry adminEntry = file.get("admin");
    if (adminEntry != null && admin.isPresent() && admin.get().port() != 0) {
      if (admin.get().equals(listen)) {
        findings.add(
            adminEntry.value().place(),
            FileRule.LISTEN_ADDRESS,
            "admin and listen are the same address.",
            "Give admin a port of its own, such as 127.0.0.1:" + (listen.port() % 65535 + 1) + ".");
      }
    }
    HostsReader hostsReader = new HostsReader(values, findings);
    Optional<Hosts> hosts = hostsReader.read(file);
    hostsReader.checkMissing(file, listen);
    Optional<URI> upstream = addresses.upstream(file);
    Optional<CorsPolicy> policy =
        PolicyReader.read(file.get("cors"), values, findings, profile, originsFrom);
    Optional<CorsPolicy> shadow =
        PolicyReader.read(file.get("shadow"), values, findings, profile, originsFrom);
    Yaml.Entry tlsEntry = file.get("tls");
    boolean asksForCertificates =
        tlsEntry != null
            && tlsEntry.value() instanceof Yaml.Mapping tls
            && tls.get("client_ca") != null;
    GuardsReader guards = new GuardsReader(values, quantities, findings, asksForCertificates);
    OptionsReader reader = new OptionsReader(values, quantities, findings, guards, folder);
    RouteOptions options = reader.file(file, timeouts());
    List<RouteConfig> routes =
        new RoutesReader(values, findings, profile, originsFrom, ROUTE_KEYS)
            .read(
                policy,
                shadow,
                reader::host,
                (route, config) -> {
                  addresses.upstream(route).or(() -> upstream).ifPresent(config::upstream);
                  config.options(reader.route(route, options));
                });
    CorsacConfig.Builder config =
        CorsacConfig.builder()
            .listen(listen)
            .routes(routes)
            .trustedProxies(guards.ranges(file, "trusted_proxies"))
            .watching(watching(admin));
    admin.ifPresent(config::admin);
    upstream.ifPresent(config::upstream);
    policy.ifPresent(config::cors);
    shadow.ifPresent(config::shadow);
    hosts.ifPresent(config::hosts);
    reader.tls(file).ifPresent(config::tls);
    return config
        .timeouts(options.timeouts())
        .maxBody(options.maxBody())
        .limits(limits())
        .options(options)
        .build();
  }

  private WatchConfig watching(Optional<HostPort> admin) {
    return new WatchConfig(
        logFormat(),
        values.truth(file, "access_log", false),
        Optional.ofNullable(addresses.adminToken(file, admin)));
  }

  private LogFormat logFormat() {
    ValueReader.Item item = values.text(file, "log", "json");
    if (item == null) {
      return LogFormat.TEXT;
    }
    String text = item.text();
    if (!text.equals("text") && !text.equals("json")) {
      values.wrong(
          item,
          Escaped.quote(text) + " is not a format of the log.",
          text.toLowerCase(Locale.ROOT).equals("json") ? "Write json." : "Write text or json.");
    }
    return text.equals("json") ? LogFormat.JSON : LogFormat.TEXT;
  }

  private Timeouts timeouts() {
    Yaml.Entry entry = file.get("timeouts");
    Yaml.Mapping mapping = entry == null ? null : values.mapping(entry);
    Timeouts timeouts = Timeouts.DEFAULT;
    if (mapping == null) {
      return timeouts;
    }
    values.checkKeys(mapping, Timeouts.KEYS, "of timeouts");
    for (Timeouts.Key key : Timeouts.Key.values()) {
      String name = key.inFile();
      Duration standard = timeouts.get(key);
      timeouts =
          timeouts.with(
              key,
              key.mayBeZero()
                  ? quantities.durationOrZero(mapping, name, standard)
                  : quantities.duration(mapping, name, standard));
    }
    return timeouts;
  }

  private Limits limits() {
    Limits standard = Limits.DEFAULT;
    Yaml.Entry entry = file.get("limits");
    Yaml.Mapping limits = entry == null ? null : values.mapping(entry);
    if (limits == null) {
      return standard;
    }
    values.checkKeys(limits, LIMIT_KEYS, "of limits");
    return standard
        .withConnections(quantities.count(limits, "connections", standard.connections()))
        .withConnectionsPerAddress(
            quantities.countOrOff(
                limits, "connections_per_address", standard.connectionsPerAddress()));
  }
}
