package dev.corsac.config;

import dev.corsac.config.access.IpRange;
import dev.corsac.config.access.TlsConfig;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how requests are served: what a file says for all of them, and a route for its own. */
final class OptionsReader {
  /** What the file and each of its routes may say. */
  static final List<String> KEYS =
      List.of(
          "timeouts",
          "max_body",
          "guards",
          "upstream_tls",
          "upstream_protocol",
          "drop_origin",
          "join_exposed_headers",
          "preflight_cache");

  private static final List<String> ROUTE_TIMEOUT_KEYS = List.of("connect", "request", "body");
  private static final List<String> TLS_KEYS = List.of("certificate", "key", "client_ca");
  private static final List<String> UPSTREAM_TLS_KEYS = List.of("certificate", "key", "ca");
  private static final List<String> SITE_KEYS = List.of("folder", "fallback");

  private static final Pattern HOST =
      Pattern.compile(
          "(?:\\*\\.)?(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)*"
              + "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?|\\[[0-9A-Fa-f:.]+\\]");

  private static final Pattern PLAIN_FILE =
      Pattern.compile("(?!/)(?:(?!\\.)[A-Za-z0-9._~@+-]+/)*(?!\\.)[A-Za-z0-9._~@+-]+");

  private final ValueReader values;
  private final Quantities quantities;
  private final Findings findings;
  private final GuardsReader guards;
  private final Path folder;

  /**
   * A reader for one file.
   *
   * @param folder what paths in it are relative to
   */
  OptionsReader(
      ValueReader values,
      Quantities quantities,
      Findings findings,
      GuardsReader guards,
      Path folder) {
    this.values = values;
    this.quantities = quantities;
    this.findings = findings;
    this.guards = guards;
    this.folder = folder;
  }

  /** The options of the file, for requests that no route takes and for what routes leave out. */
  RouteOptions file(Yaml.Mapping file, Timeouts timeouts) {
    RouteOptions defaults =
        RouteOptions.builder(timeouts, quantities.bytes(file, "max_body")).build();
    return common(file, defaults).build();
  }

  /** The options of a route. */
  RouteOptions route(Yaml.Mapping route, RouteOptions inherited) {
    RouteOptions.Builder options = common(route, inherited);
    options.maxBody(quantities.bytes(route, "max_body", inherited.maxBody()));
    options.timeouts(timeouts(route, inherited.timeouts()));
    site(route).ifPresent(options::site);
    return options.build();
  }

  private RouteOptions.Builder common(Yaml.Mapping owner, RouteOptions inherited) {
    RouteOptions.Builder options = inherited.toBuilder();
    options.guards(guards.read(owner, inherited.guards()));
    upstreamTls(owner).ifPresent(options::upstreamTls);
    options.http2(http2(owner, inherited.http2()));
    options.dropOrigin(truth(owner, "drop_origin", inherited.dropOrigin()));
    options.joinExposedHeaders(
        truth(owner, "join_exposed_headers", inherited.joinExposedHeaders()));
    Yaml.Entry cache = owner.get("preflight_cache");
    if (cache != null) {
      Duration duration = quantities.duration(owner, "preflight_cache", Duration.ofMinutes(10));
      options.preflightCache(duration);
    }
    return options;
  }

  private boolean truth(Yaml.Mapping owner, String key, boolean inherited) {
    return owner.get(key) == null ? inherited : values.truth(owner, key, inherited);
  }

  private boolean http2(Yaml.Mapping owner, boolean inherited) {
    ValueReader.Item item = values.text(owner, "upstream_protocol", "h2");
    if (item == null) {
      return inherited;
    }
    boolean http2 = item.text().equals("h2");
    if (!http2 && !item.text().equals("http/1.1")) {
      values.wrong(
          item,
          Escaped.quote(item.text()) + " is not a protocol that upstreams are spoken to in.",
          "Write http/1.1 or h2.");
    }
    return http2;
  }

  private Timeouts timeouts(Yaml.Mapping route, Timeouts file) {
    Yaml.Entry entry = route.get("timeouts");
    Yaml.Mapping timeouts = entry == null ? null : values.mapping(entry);
    if (timeouts == null) {
      return file;
    }
    values.checkKeys(timeouts, ROUTE_TIMEOUT_KEYS, "of a route's timeouts");
    return file.withConnect(quantities.duration(timeouts, "connect", file.connect()))
        .withRequest(quantities.duration(timeouts, "request", file.request()))
        .withBody(quantities.duration(timeouts, "body", file.body()));
  }

  /** The host that a route is for, in lower case; empty for any. */
  Optional<String> host(Yaml.Mapping route) {
    ValueReader.Item item = values.text(route, "host", "api.example.com");
    if (item == null) {
      return Optional.empty();
    }
    String text = item.text().toLowerCase(java.util.Locale.ROOT);
    String bare = text.startsWith("[") ? text.substring(1, Math.max(1, text.length() - 1)) : "";
    boolean valid =
        HOST.matcher(text).matches() && (bare.isEmpty() || IpRange.address(bare).isPresent());
    if (valid) {
      return Optional.of(text);
    }
    String meant =
        text.replaceFirst("^[a-z]+://", "").replaceFirst("[/?#].*", "").replaceFirst(":\\d*$", "");
    findings.add(
        item.place(),
        FileRule.ROUTE_HOST,
        Escaped.quote(item.text()) + " is not a host.",
        !meant.equals(text) && HOST.matcher(meant).matches()
            ? "Write " + meant + "."
            : "Write a name such as api.example.com, or \"*.example.com\" for those below it.");
    return Optional.empty();
  }

  /** The files of TLS on {@code listen}. */
  Optional<TlsConfig> tls(Yaml.Mapping file) {
    Yaml.Entry entry = file.get("tls");
    Yaml.Mapping tls = entry == null ? null : values.mapping(entry);
    if (tls == null || entry == null) {
      return Optional.empty();
    }
    values.checkKeys(tls, TLS_KEYS, "of tls");
    Path certificate = path(tls, "certificate", "server.pem");
    Path key = path(tls, "key", "server-key.pem");
    for (String each : List.of("certificate", "key")) {
      if (tls.get(each) == null) {
        findings.add(
            entry.key().place(),
            FileRule.MISSING_VALUE,
            "tls has no " + each + ".",
            "Add " + each + ": with the name of a PEM file.");
      }
    }
    return certificate == null || key == null
        ? Optional.empty()
        : Optional.of(
            new TlsConfig(certificate, key, Optional.ofNullable(path(tls, "client_ca", "ca.pem"))));
  }

  private Optional<TlsConfig.Upstream> upstreamTls(Yaml.Mapping owner) {
    Yaml.Entry entry = owner.get("upstream_tls");
    Yaml.Mapping tls = entry == null ? null : values.mapping(entry);
    if (tls == null || entry == null) {
      return Optional.empty();
    }
    values.checkKeys(tls, UPSTREAM_TLS_KEYS, "of upstream_tls");
    if ((tls.get("certificate") == null) != (tls.get("key") == null)) {
      findings.add(
          entry.key().place(),
          FileRule.MISSING_VALUE,
          "upstream_tls has only one of certificate and key.",
          "Name the PEM files of both.");
    }
    return Optional.of(
        new TlsConfig.Upstream(
            Optional.ofNullable(path(tls, "certificate", "client.pem")),
            Optional.ofNullable(path(tls, "key", "client-key.pem")),
            Optional.ofNullable(path(tls, "ca", "ca.pem"))));
  }

  private Optional<RouteOptions.Site> site(Yaml.Mapping route) {
    Yaml.Entry entry = route.get("site");
    Yaml.Mapping site = entry == null ? null : values.mapping(entry);
    if (site == null || entry == null) {
      return Optional.empty();
    }
    values.checkKeys(site, SITE_KEYS, "of site");
    Yaml.Entry upstream = route.get("upstream");
    if (upstream != null) {
      values.wrong(
          new ValueReader.Item("", upstream.key().place()),
          "A route has a site or an upstream, not both.",
          "Remove one of them.");
    }
    if (site.get("folder") == null) {
      values.missing(entry, "Add folder: dist, the folder that is served.");
      return Optional.empty();
    }
    Path root = path(site, "folder", "dist");
    ValueReader.Item fallback = values.text(site, "fallback", "index.html");
    if (fallback != null && !PLAIN_FILE.matcher(fallback.text()).matches()) {
      values.wrong(
          fallback,
          Escaped.quote(fallback.text()) + " is not a file below the folder.",
          "Write its path from the folder on, such as index.html.");
    }
    return root == null
        ? Optional.empty()
        : Optional.of(
            new RouteOptions.Site(root, Optional.ofNullable(fallback).map(ValueReader.Item::text)));
  }

  private @Nullable Path path(Yaml.Mapping mapping, String key, String example) {
    ValueReader.Item item = values.text(mapping, key, example);
    if (item == null) {
      return null;
    }
    try {
      return folder.resolve(item.text()).normalize();
    } catch (InvalidPathException e) {
      values.wrong(
          item,
          Escaped.quote(item.text()) + " is not a path.",
          "Write the name of a file or folder.");
      return null;
    }
  }
}
