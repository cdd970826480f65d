package dev.corsac.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.config.access.GuardsConfig;
import dev.corsac.config.access.IpRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a production file says beside its policies. */
class GuardsReaderTest {
  private static final String HASH =
      "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08";

  @TempDir private Path folder = Path.of("replaced by JUnit");

  @Test
  void everyKey() throws IOException {
    CorsacConfig config =
        load(
            """
            upstream: http://127.0.0.1:9000
            tls: { certificate: server.pem, key: keys/server.pem, client_ca: ca.pem }
            trusted_proxies: [10.0.0.0/8, "::1"]
            upstream_tls: { certificate: client.pem, key: client-key.pem, ca: up.pem }
            timeouts: { request: 20s }
            guards: { ip_allow: [192.0.2.0/24] }
            routes:
              - path: /partner/**
                guards: { api_keys: { header: X-Key, keys: [ { id: acme, sha256: %s } ] } }
              - path: /account/**
                guards:
                  mtls: true
                  jwt: { issuer: i, audience: shop, jwks: https://id.example/k, algorithms: [ES256] }
              - path: /tenant/**
                host: "*.Tenants.example.com"
                timeouts: { request: 120s, body: 1m }
                max_body: 200MB
                upstream_protocol: h2
                drop_origin: true
                join_exposed_headers: true
                preflight_cache: 10m
              - path: /**
                guards: off
                site: { folder: dist, fallback: index.html }
            """
                .formatted(HASH));

    assertThat(config.tls())
        .hasValueSatisfying(
            tls -> {
              assertThat(tls.certificate()).isEqualTo(folder.resolve("server.pem"));
              assertThat(tls.key()).isEqualTo(folder.resolve("keys/server.pem"));
              assertThat(tls.clientCa()).contains(folder.resolve("ca.pem"));
            });
    assertThat(config.trustedProxies()).hasToString("[10.0.0.0/8, ::1/128]");
    GuardsConfig inherited = config.options().guards();
    assertThat(inherited.ipAllow()).hasToString("[192.0.2.0/24]");

    RouteOptions partner = options(config, 0);
    assertThat(partner.guards().ipAllow()).isEmpty();
    assertThat(partner.guards().apiKeys())
        .contains(
            new GuardsConfig.ApiKeys(
                "X-Key",
                List.of(new GuardsConfig.ApiKey("acme", HASH.toLowerCase(java.util.Locale.ROOT)))));
    assertThat(partner.timeouts().request()).isEqualTo(Duration.ofSeconds(20));
    assertThat(partner.upstreamTls().orElseThrow().ca()).contains(folder.resolve("up.pem"));

    assertThat(options(config, 1).guards().mtls()).isTrue();
    assertThat(options(config, 1).guards().jwt())
        .contains(
            new GuardsConfig.Jwt(
                "i",
                List.of("shop"),
                URI.create("https://id.example/k"),
                List.of("ES256"),
                Duration.ofSeconds(30)));

    RouteOptions tenant = options(config, 2);
    assertThat(config.routes().get(2).host()).contains("*.tenants.example.com");
    assertThat(tenant.guards()).isEqualTo(inherited);
    assertThat(tenant.timeouts().request()).isEqualTo(Duration.ofMinutes(2));
    assertThat(tenant.timeouts().body()).isEqualTo(Duration.ofMinutes(1));
    assertThat(tenant.maxBody()).isEqualTo(200_000_000);
    assertThat(tenant.http2()).isTrue();
    assertThat(tenant.dropOrigin()).isTrue();
    assertThat(tenant.joinExposedHeaders()).isTrue();
    assertThat(tenant.preflightCache()).contains(Duration.ofMinutes(10));

    assertThat(options(config, 3).guards()).isEqualTo(GuardsConfig.NONE);
    assertThat(options(config, 3).maxBody()).isEqualTo(10_000_000);
    assertThat(options(config, 3).site())
        .contains(
            new RouteOptions.Site(folder.resolve("dist"), java.util.Optional.of("index.html")));
  }

  private static RouteOptions options(CorsacConfig config, int route) {
    return config.routes().get(route).options().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "guards:",
        "guards: {}",
        "guards: on",
        "guards: { password: x }",
        "guards: { mtls: true }",
        "guards: { ip_allow: [] }",
        "guards: { api_keys: {} }",
        "guards: { api_keys: { keys: [] } }",
        "guards: { api_keys: { keys: [ acme ] } }",
        "guards: { api_keys: { keys: [ { id: acme } ] } }",
        "guards: { jwt: { issuer: a, jwks: https://b } }",
        "guards: { jwt: { issuer: a, audience: [], jwks: https://b } }",
        "guards: { jwt: { audience: a, jwks: https://b } }",
        "guards: { jwt: { issuer: a, audience: b, jwks: https://c, algorithms: [] } }",
        "guards: { jwt: { issuer: a, audience: b, jwks: https://c, clock_skew: 1h } }",
        "tls: { certificate: a.pem }",
        "tls: on",
        "trusted_proxies: 10.0.0.0/8",
        "upstream_tls: { key: a.pem }",
        "upstream_protocol: http2",
        "preflight_cache: 10",
        "drop_origin: maybe",
        "routes: [ { path: /a, host: a, site: { fallback: index.html } } ]",
        "routes: [ { path: /a, site: { folder: dist, fallback: ../index.html } } ]",
        "routes: [ { path: /a, site: { folder: dist }, upstream: http://a } ]",
        "routes: [ { path: /a, timeouts: { idle: 5s } } ]",
      })
  void whatIsWrong_isSaidWithAFix(String text) throws IOException {
    ConfigResult result = result(text);

    assertThat(result.config()).isEmpty();
    assertThat(result.findings())
        .allSatisfy(each -> assertThat(each.finding().fix()).endsWith("."));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "10.0.0.0/8, ::10.1.2.3, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.6/31, 192.0.2.7, true",
    "192.0.2.6/31, 192.0.2.8, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, ::ffff:10.0.0.1, false",
    "::ffff:192.0.2.7, 192.0.2.7, true",
  })
  void range_holdsAddresses(String range, String address, boolean holds) throws IOException {
    assertThat(IpRange.parse(range).orElseThrow().contains(InetAddress.getByName(address)))
        .isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "10",
        "10.1",
        "1.2.3.4.5",
        "256.0.0.1",
        "1.2.3.04",
        "0x7f.0.0.1",
        "2130706433",
        "10.0.0.0/",
        "10.0.0.0/08",
        "10.0.0.0/+8",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "10.0.0.1/8",
        "fe80::1%eth0",
        "[::1]",
        "1::2::3",
        ":",
        ":::",
        "1:2:3:4:5:6:7:8:9",
        "::ffff:1.2.3.04",
        "::ffff:1.2.3",
        "localhost",
        "1.2.3.4 ",
        "1.2.3.4:80",
        "g::1",
        "1.2.3.4\n",
        "١.2.3.4"
      })
  void noRange(String text) {
    assertThat(IpRange.parse(text)).isEmpty();
  }

  private CorsacConfig load(String text) throws IOException {
    ConfigResult result = result(text);
    assertThat(result.findings()).isEmpty();
    return result.config().orElseThrow();
  }

  private ConfigResult result(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("corsac.yaml"), text);
    return ConfigLoader.load(file, Map.of());
  }
}
