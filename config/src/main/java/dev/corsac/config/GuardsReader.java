package dev.corsac.config;

import dev.corsac.config.access.GuardsConfig;
import dev.corsac.config.access.IpRange;
import dev.corsac.finding.PolicyRule;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what stands below {@code guards:}. */
final class GuardsReader {
  private static final List<String> KEYS = List.of("ip_allow", "mtls", "api_keys", "jwt");
  private static final List<String> API_KEYS_KEYS = List.of("header", "keys");
  private static final List<String> API_KEY_KEYS = List.of("id", "sha256");
  private static final List<String> JWT_KEYS =
      List.of("issuer", "audience", "jwks", "algorithms", "clock_skew");

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~@:/-]{1,128}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** Those that only the holder of a private key can sign with (RFC 7518 section 3.1). */
  private static final List<String> ALGORITHMS =
      List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
  private static final Duration MOST_SKEW = Duration.ofMinutes(5);
  private static final String KEY_FIX =
      "Run corsac keys create, and write the hash that it prints.";

  private final ValueReader values;
  private final Quantities quantities;
  private final Findings findings;
  private final boolean asksForCertificates;

  /**
   * A reader for one file.
   *
   * @param asksForCertificates whether the file has a {@code client_ca}
   */
  GuardsReader(
      ValueReader values, Quantities quantities, Findings findings, boolean asksForCertificates) {
    this.values = values;
    this.quantities = quantities;
    this.findings = findings;
    this.asksForCertificates = asksForCertificates;
  }

  /** The guards of a file or a route; those inherited if it says nothing. */
  GuardsConfig read(Yaml.Mapping owner, GuardsConfig inherited) {
    Yaml.Entry entry = owner.get("guards");
    if (entry == null) {
      return inherited;
    }
    if (entry.value() instanceof Yaml.Scalar scalar && scalar.text().equals("off")) {
      return GuardsConfig.NONE;
    }
    Yaml.Mapping guards = values.mapping(entry);
    if (guards == null) {
      return inherited;
    }
    values.checkKeys(guards, KEYS, "of guards");
    if (guards.entries().isEmpty()) {
      values.missing(entry, "Name a guard, such as ip_allow, or write guards: off.");
    }
    return new GuardsConfig(ranges(guards, "ip_allow"), mtls(guards), apiKeys(guards), jwt(guards));
  }

  /** A list of ranges, which has at least one. */
  List<IpRange> ranges(Yaml.Mapping mapping, String key) {
    Yaml.Entry entry = mapping.get(key);
    ValueReader.Items items = values.list(mapping, key, "10.0.0.0/8");
    if (items == null || entry == null) {
      return List.of();
    }
    if (items.items().isEmpty() && items.complete()) {
      values.missing(entry, "Write " + key + ": [10.0.0.0/8], or remove it.");
    }
    List<IpRange> ranges = new ArrayList<>();
    for (ValueReader.Item item : items.items()) {
      Optional<IpRange> range = IpRange.parse(item.text());
      range.ifPresentOrElse(ranges::add, () -> noRange(item));
      if (range.filter(IpRange::isEverything).isPresent()) {
        findings.add(
            item.place(),
            FileRule.ADDRESS_RANGE_ANY,
            Escaped.quote(item.text()) + " is every address there is.",
            "List the networks that are meant, or remove " + key + ".");
      }
    }
    return ranges;
  }

  private void noRange(ValueReader.Item item) {
    Optional<IpRange> around = IpRange.around(item.text());
    findings.add(
        item.place(),
        FileRule.ADDRESS_RANGE,
        Escaped.quote(item.text())
            + (around.isPresent()
                ? " has bits behind its prefix."
                : " is not an IP address or a range of them."),
        around
            .map(range -> "Write " + range + ", or the address alone.")
            .orElse("Write addresses such as 192.0.2.7, 10.0.0.0/8 or \"2001:db8::/32\"."));
  }

  private boolean mtls(Yaml.Mapping guards) {
    boolean mtls = values.truth(guards, "mtls", true);
    Yaml.Entry entry = guards.get("mtls");
    if (mtls && entry != null && !asksForCertificates) {
      findings.add(
          entry.key().place(),
          FileRule.MISSING_VALUE,
          "mtls needs to know whose certificates count, and there is no client_ca.",
          "Add client_ca: ca.pem below tls: at the start of the file.");
    }
    return mtls;
  }

  private Optional<GuardsConfig.ApiKeys> apiKeys(Yaml.Mapping guards) {
    Yaml.Mapping mapping = below(guards, "api_keys");
    if (mapping == null) {
      return Optional.empty();
    }
    values.checkKeys(mapping, API_KEYS_KEYS, "of api_keys");
    ValueReader.Item header = values.text(mapping, "header", "X-API-Key");
    String name = header == null ? "X-API-Key" : header.text();
    if (header != null && !TOKEN.matcher(name).matches()) {
      findings.add(
          header.place(),
          PolicyRule.HEADER_SYNTAX,
          Escaped.quote(name) + " is not a header name.",
          "Write a name such as X-API-Key.");
    }
    Yaml.Entry entry = mapping.get("keys");
    List<GuardsConfig.ApiKey> keys = new ArrayList<>();
    if (entry == null) {
      findings.add(
          mapping.place(),
          FileRule.MISSING_VALUE,
          "api_keys has no keys, so nobody would be let in.",
          "Add keys: with the line that corsac keys create prints.");
    } else if (entry.value() instanceof Yaml.Sequence list && !list.items().isEmpty()) {
      list.items().forEach(each -> apiKey(each).ifPresent(keys::add));
    } else {
      values.wrong(entry, "is a list with at least one key", KEY_FIX);
    }
    return Optional.of(new GuardsConfig.ApiKeys(name, keys));
  }

  private Optional<GuardsConfig.ApiKey> apiKey(Yaml each) {
    if (!(each instanceof Yaml.Mapping mapping)) {
      findings.add(each.place(), FileRule.WRONG_TYPE, "A key has an id and a sha256.", KEY_FIX);
      return Optional.empty();
    }
    values.checkKeys(mapping, API_KEY_KEYS, "of an API key");
    ValueReader.Item id = needed(mapping, "id", "acme");
    ValueReader.Item hash = needed(mapping, "sha256", "<64 hexadecimal digits>");
    if (id != null && !ID.matcher(id.text()).matches()) {
      findings.add(
          id.place(),
          FileRule.API_KEY,
          Escaped.quote(id.text()) + " is not an id; upstreams get it in a header.",
          "Write letters, digits and . _ ~ @ : / - only.");
      return Optional.empty();
    }
    String lower = hash == null ? "" : hash.text().toLowerCase(Locale.ROOT);
    if (hash != null && !SHA256.matcher(lower).matches()) {
      // What stands here may be the key itself, so it is not repeated.
      findings.add(
          hash.place(),
          FileRule.API_KEY,
          "The value is not a SHA-256, which is 64 digits.",
          KEY_FIX);
      return Optional.empty();
    }
    return id == null || hash == null
        ? Optional.empty()
        : Optional.of(new GuardsConfig.ApiKey(id.text(), lower));
  }

  private Optional<GuardsConfig.Jwt> jwt(Yaml.Mapping guards) {
    Yaml.Mapping mapping = below(guards, "jwt");
    if (mapping == null) {
      return Optional.empty();
    }
    values.checkKeys(mapping, JWT_KEYS, "of jwt");
    ValueReader.Item issuer = needed(mapping, "issuer", "https://id.example.com");
    List<String> audience = audience(mapping);
    URI jwks = jwks(needed(mapping, "jwks", "https://id.example.com/jwks.json"));
    List<String> algorithms = algorithms(mapping);
    Duration skew = quantities.duration(mapping, "clock_skew", CLOCK_SKEW);
    if (skew.compareTo(MOST_SKEW) > 0) {
      values.wrong(
          new ValueReader.Item("", place(mapping, "clock_skew")),
          "clock_skew is longer than 5 minutes, and tokens that have expired would pass.",
          "Write at most 5m.");
    }
    return issuer == null || jwks == null
        ? Optional.empty()
        : Optional.of(new GuardsConfig.Jwt(issuer.text(), audience, jwks, algorithms, skew));
  }

  private List<String> audience(Yaml.Mapping mapping) {
    Yaml.Entry entry = mapping.get("audience");
    if (entry != null && entry.value() instanceof Yaml.Sequence sequence) {
      ValueReader.Items items = values.list(mapping, "audience", "shop");
      if (sequence.items().isEmpty()) {
        values.missing(entry, "Write audience: shop.");
      }
      return items == null ? List.of() : items.texts();
    }
    ValueReader.Item item = needed(mapping, "audience", "shop");
    return item == null ? List.of() : List.of(item.text());
  }

  private @Nullable URI jwks(ValueReader.@Nullable Item item) {
    if (item == null) {
      return null;
    }
    try {
      URI uri = URI.create(item.text());
      String host = uri.getHost();
      boolean https = "https".equalsIgnoreCase(uri.getScheme());
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      if (host != null && uri.getRawUserInfo() == null && (https || (http && isLoopback(host)))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    findings.add(
        item.place(),
        FileRule.JWKS_URL,
        Escaped.quote(item.text())
            + " is not an https: URL; whoever alters the keys signs the tokens.",
        "Write the jwks_uri of the issuer, such as https://id.example.com/jwks.json.");
    return null;
  }

  private static boolean isLoopback(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return host.equalsIgnoreCase("localhost")
        || IpRange.address(bare).filter(InetAddress::isLoopbackAddress).isPresent();
  }

  private List<String> algorithms(Yaml.Mapping mapping) {
    Yaml.Entry entry = mapping.get("algorithms");
    ValueReader.Items items = values.list(mapping, "algorithms", "RS256");
    if (items == null || entry == null) {
      return List.of("RS256");
    }
    if (items.items().isEmpty() && items.complete()) {
      values.missing(entry, "Write algorithms: [RS256].");
    }
    List<String> algorithms = new ArrayList<>();
    for (ValueReader.Item item : items.items()) {
      if (ALGORITHMS.contains(item.text())) {
        algorithms.add(item.text());
        continue;
      }
      String meant = item.text().toUpperCase(Locale.ROOT);
      findings.add(
          item.place(),
          FileRule.JWT_ALGORITHM,
          Escaped.quote(item.text())
              + (meant.equals("NONE")
                  ? " is not a signature: anyone could write such a token."
                  : meant.matches("HS[0-9]+")
                      ? " signs with a shared secret, which the keys of an issuer are not."
                      : " is not an algorithm that is known here."),
          ALGORITHMS.contains(meant)
              ? "Write " + meant + "."
              : "Write what the issuer signs with, of " + String.join(", ", ALGORITHMS) + ".");
    }
    return algorithms;
  }

  private Yaml.@Nullable Mapping below(Yaml.Mapping guards, String key) {
    Yaml.Entry entry = guards.get(key);
    return entry == null ? null : values.mapping(entry);
  }

  private ValueReader.@Nullable Item needed(Yaml.Mapping mapping, String key, String example) {
    if (mapping.get(key) == null) {
      findings.add(
          mapping.place(),
          FileRule.MISSING_VALUE,
          "There is no " + key + ".",
          "Add " + key + ": " + example + ".");
      return null;
    }
    return values.text(mapping, key, example);
  }

  private static Place place(Yaml.Mapping mapping, String key) {
    Yaml.Entry entry = mapping.get(key);
    return entry == null ? mapping.place() : entry.value().place();
  }
}
