package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.gateway.guard.NewApiKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, keys and certificates. */
class GuardsTest {
  private static final String[] PREFLIGHT = {
    "-X",
    "OPTIONS",
    "-H",
    "Origin: " + FileRig.PAGE,
    "-H",
    "Access-Control-Request-Method: PUT",
    "-H",
    "Access-Control-Request-Headers: x-api-key"
  };

  @TempDir private Path folder = Path.of("replaced by JUnit");
  private final NewApiKey key = NewApiKey.create();
  private final NewApiKey other = NewApiKey.create();

  private String keys() {
    return "routes:\n  - path: /partner/**\n    guards: { api_keys: { header: X-API-Key, keys: ["
        + " { id: acme, sha256: "
        + key.sha256()
        + " }, { id: beta, sha256: "
        + other.sha256()
        + " } ] } }\n";
  }

  @Test
  void knownKey_isTold_andNotPassedOn() throws Exception {
    try (FileRig rig = new FileRig(folder, keys())) {
      for (String version : List.of("--http1.1", "--http2-prior-knowledge")) {
        assertThat(
                rig.curl(
                    "/partner/x",
                    version,
                    "-H",
                    "x-api-KEY: " + key.key(),
                    "-H",
                    "Corsac-Key-Id: root"))
            .contains(" 200", "corsac-key-id: acme")
            .doesNotContain(key.key(), "root");
        assertThat(rig.curl("/partner/x", version, "-H", "X-API-Key: " + other.key()))
            .contains("corsac-key-id: beta");
      }
      assertThat(
              rig.curl(
                  "/free",
                  "-H",
                  "Corsac-Key-Id: root",
                  "-H",
                  "Client-Cert: :x:",
                  "-H",
                  "Client_Cert_Chain: :x:",
                  "-H",
                  "CORSAC.Token.Subject: x"))
          .startsWith("HTTP/1.1 200")
          .doesNotContain("root", "client-cert", "client_cert", "corsac.");
    }
  }

  @Test
  void wrongKeys_areRefused_readably() throws Exception {
    String right = key.key();
    List<String> wrong =
        new ArrayList<>(
            List.of(
                "X-Other: 1",
                "X-API-Key;",
                "X_API_Key: " + right,
                "X-API-Key: " + key.sha256(),
                "X-API-Key: " + right.toUpperCase(java.util.Locale.ROOT),
                "X-API-Key: " + right + "x",
                "X-API-Key: " + right.substring(1),
                "X-API-Key: " + right + ", " + right,
                "X-API-Key: " + "x".repeat(5000)));
    for (int at : new int[] {7, 20, right.length() - 1}) {
      char changed = right.charAt(at) == 'A' ? 'B' : 'A';
      wrong.add("X-API-Key: " + right.substring(0, at) + changed + right.substring(at + 1));
    }
    try (FileRig rig = new FileRig(folder, keys())) {
      for (String each : wrong) {
        assertThat(
                rig.curl(
                    "/partner/x?X-API-Key=" + right, "-H", each, "-H", "Origin: " + FileRig.PAGE))
            .as(each)
            .startsWith("HTTP/1.1 401")
            .containsIgnoringCase("WWW-Authenticate: ApiKey header=\"X-API-Key\"")
            .containsIgnoringCase("Access-Control-Allow-Origin: " + FileRig.PAGE)
            .containsIgnoringCase("Vary: Origin")
            .doesNotContain("partner/x");
      }
      assertThat(rig.curl("/partner/x", "-H", "X-API-Key: " + right, "-H", "X-API-Key: " + right))
          .as("two lines")
          .startsWith("HTTP/1.1 401");
      assertThat(rig.curl("/partner/x", "-H", "Origin: https://evil.example"))
          .startsWith("HTTP/1.1 401")
          .doesNotContainIgnoringCase("Access-Control-Allow-Origin");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/partner",
        "/partner/",
        "/PARTNER/x",
        "/partner%2fx",
        "/%70artner/x",
        "//partner/x",
        "/a/../partner/x",
        "/partner;a/x",
        "/x%2f..%2fpartner/x",
        "/./partner/x",
        "/partner/%2e%2e/partner/x",
        "/a\\..\\partner/x"
      })
  void noSpellingOfThePath_getsPast(String path) throws Exception {
    try (FileRig rig = new FileRig(folder, keys())) {
      assertThat(rig.curl(path)).containsPattern("^HTTP/1.1 40[01]");
    }
  }

  @Test
  void preflights_areAnswered_webSocketsAndOtherOptionsAreNot() throws Exception {
    try (FileRig rig = new FileRig(folder, keys())) {
      assertThat(rig.curl("/partner/x", PREFLIGHT))
          .startsWith("HTTP/1.1 200")
          .containsIgnoringCase("Access-Control-Allow-Headers");
      assertThat(rig.curl("/partner/x", "-X", "OPTIONS")).startsWith("HTTP/1.1 401");
      assertThat(rig.curl("/partner/x", "-X", "OPTIONS", "-H", "Origin: " + FileRig.PAGE))
          .startsWith("HTTP/1.1 401");
      assertThat(
              rig.curl(
                  "/partner/x",
                  "-H",
                  "Upgrade: websocket",
                  "-H",
                  "Connection: Upgrade",
                  "-H",
                  "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
                  "-H",
                  "Sec-WebSocket-Version: 13"))
          .startsWith("HTTP/1.1 401");
      for (String method : List.of("HEAD", "PUT", "DELETE", "TRACE", "FOO")) {
        assertThat(rig.curl("/partner/x", "HEAD".equals(method) ? "-I" : "-X" + method))
            .startsWith("HTTP/1.1 401");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Accept: */*                                  | 403",
        "X-Forwarded-For: 192.0.2.7                   | 200",
        "X-Forwarded-For: 192.0.2.7, 198.51.100.1     | 403",
        "X-Forwarded-For: 198.51.100.1, 192.0.2.7     | 200",
        "X-Forwarded-For: ::ffff:192.0.2.7            | 200",
        "X-Forwarded-For: ::192.0.2.7                 | 403",
        "X-Forwarded-For: 2001:db8::7                 | 200",
        "X-Forwarded-For: 2001:db9::7                 | 403",
        "X-Forwarded-For: 192.0.2.07                  | 400",
        "X-Forwarded-For: 0300.0.2.7                  | 400",
        "X-Real-IP: 192.0.2.7                         | 403",
        "True-Client-IP: 192.0.2.7                    | 403",
        "X-Client-IP: 192.0.2.7                       | 403",
        "CF-Connecting-IP: 192.0.2.7                  | 403",
        "Forwarded: for=192.0.2.7                     | 200",
        "Forwarded: for=192.0.2.7, for=198.51.100.1   | 403",
      })
  void address_isTheOneThatTrustedProxiesName(String header, String status) throws Exception {
    String file =
        "trusted_proxies: [127.0.0.1]\nguards: { ip_allow: [192.0.2.0/24, \"2001:db8::/32\"] }\n";
    try (FileRig rig = new FileRig(folder, file)) {
      assertThat(rig.curl("/", "-H", header, "-H", "Origin: " + FileRig.PAGE))
          .startsWith("HTTP/1.1 " + status);
    }
  }

  @Test
  void spoofedAddress_countsForNothing_andThe403IsReadable() throws Exception {
    try (FileRig rig = new FileRig(folder, "guards: { ip_allow: [192.0.2.0/24] }\n")) {
      assertThat(
              rig.curl(
                  "/",
                  "-H",
                  "X-Forwarded-For: 192.0.2.7",
                  "-H",
                  "Forwarded: for=192.0.2.7",
                  "-H",
                  "Origin: " + FileRig.PAGE))
          .startsWith("HTTP/1.1 403")
          .containsIgnoringCase("Access-Control-Allow-Origin: " + FileRig.PAGE)
          .containsIgnoringCase("Vary: Origin");
      assertThat(rig.curl("/", PREFLIGHT)).startsWith("HTTP/1.1 200");
    }
    try (FileRig rig = new FileRig(folder, "guards: { ip_allow: [127.0.0.0/8] }\n")) {
      assertThat(rig.curl("/")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void certificate_isACredentialOfWhoActs() throws Exception {
    Certificates authority = new Certificates(folder, "authority");
    authority.issue("server");
    authority.issue("client");
    String file =
        """
        cors:
          allow_origins: [https://page.example]
          enforce: unsafe
        tls: { certificate: server.pem, key: server-key.pem, client_ca: authority.pem }
        routes:
          - path: /internal/**
            guards: { mtls: true }
          - path: /session/**
            guards: { mtls: true }
            cors: { allow_origins: [https://page.example], allow_credentials: true, enforce: unsafe }
        """;
    String[] page = {"-k", "-d", "x", "-H", "Origin: " + FileRig.PAGE};
    String[] certified = {
      "-k",
      "-d",
      "x",
      "-H",
      "Origin: " + FileRig.PAGE,
      "--cert",
      "client.pem",
      "--key",
      "client-key.pem"
    };
    try (FileRig rig = new FileRig(folder, file)) {
      assertThat(rig.curl("/free", page)).startsWith("HTTP/2 200");
      assertThat(rig.curl("/free", certified)).startsWith("HTTP/2 403");
      assertThat(rig.curl("/internal/x", certified)).startsWith("HTTP/2 403");
      assertThat(rig.curl("/session/x", certified)).startsWith("HTTP/2 200");
    }
  }

  @Test
  void certificate_isNeededOnItsRouteOnly() throws Exception {
    Certificates authority = new Certificates(folder, "authority");
    authority.issue("server");
    authority.issue("client", "CN=client,O=Zoë", Duration.ofDays(1));
    authority.issue("old", "CN=old", Duration.ofDays(-1));
    new Certificates(folder, "stranger").issue("strange");
    String file =
        """
        tls: { certificate: server.pem, key: server-key.pem, client_ca: authority.pem }
        routes:
          - path: /internal/**
            guards: { mtls: true }
        """;
    try (FileRig rig = new FileRig(folder, file)) {
      for (String version : List.of("--http1.1", "--http2", "--tls-max=1.2")) {
        String[] anonymous = {
          version.replace("=1.2", ""),
          version.contains("=") ? "1.2" : "-k",
          "-k",
          "-H",
          "Origin: " + FileRig.PAGE,
          "-H",
          "Client-Cert: :MIIB:"
        };
        String[] known = {
          version.replace("=1.2", ""),
          version.contains("=") ? "1.2" : "-k",
          "-k",
          "--cert",
          "client.pem",
          "--key",
          "client-key.pem",
          "-H",
          "Client-Cert: :MIIB:"
        };
        assertThat(rig.curl("/free", anonymous)).contains(" 200").doesNotContain("MIIB:");
        assertThat(rig.curl("/internal/x", anonymous))
            .contains(" 403")
            .containsIgnoringCase("Access-Control-Allow-Origin: " + FileRig.PAGE);
        assertThat(rig.curl("/internal/x", known))
            .contains(" 200", "client-cert: :MII", "corsac-certificate-subject: ", "client")
            .doesNotContain(":MIIB:\n");
        assertThat(rig.curl("/free", known)).contains(" 200").doesNotContain("client-cert");
      }
      assertThat(rig.curl("/internal/x", "-k", "--cert", "strange.pem", "--key", "strange-key.pem"))
          .startsWith("curl: (");
      assertThat(rig.curl("/internal/x", "-k", "--cert", "old.pem", "--key", "old-key.pem"))
          .startsWith("curl: (");
      assertThat(rig.curl("/internal/x", concat("-k", PREFLIGHT)))
          .containsPattern("^HTTP/(1.1|2) 200");
    }
  }

  private static String[] concat(String first, String... rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(rest));
    return all.toArray(String[]::new);
  }

  @Test
  void allGuardsMustAgree() throws Exception {
    String file =
        "guards: { ip_allow: [127.0.0.1], api_keys: { keys: [ { id: acme, sha256: "
            + key.sha256()
            + " } ] } }\n";
    try (FileRig rig = new FileRig(folder, file)) {
      assertThat(rig.curl("/")).startsWith("HTTP/1.1 401");
      assertThat(rig.curl("/", "-H", "X-API-Key: " + key.key())).startsWith("HTTP/1.1 200");
      rig.write(file.replace("127.0.0.1", "192.0.2.1"));
      long deadline = System.nanoTime() + 20_000_000_000L;
      while (!rig.curl("/", "-H", "X-API-Key: " + key.key()).startsWith("HTTP/1.1 403")) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.sleep(100);
      }
    }
  }
}
