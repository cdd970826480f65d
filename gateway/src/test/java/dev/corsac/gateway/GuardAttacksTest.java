package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.gateway.guard.NewApiKey;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways past the guards of other gateways. */
class GuardAttacksTest {
  @TempDir private Path folder = Path.of("replaced by JUnit");
  private final NewApiKey key = NewApiKey.create();

  private String guarded() {
    return "routes:\n  - path: /in/**\n    guards: { api_keys: { keys: [ { id: acme, sha256: "
        + key.sha256()
        + " } ] } }\n";
  }

  /** CVE-2022-31813 (httpd), CVE-2024-45410 (Traefik): a client takes away what the proxy says. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "close, X-Forwarded-For, X-Forwarded-Host, X-Forwarded-Proto, Forwarded",
        "close, Corsac-Key-Id, Client-Cert",
        "keep-alive, X-API-Key",
        "Host, Content-Length"
      })
  void connection_namesNothingOfTheGateways(String connection) throws Exception {
    try (FileRig rig = new FileRig(folder, guarded())) {
      assertThat(
              rig.curl("/in/x", "-H", "X-API-Key: " + key.key(), "-H", "Connection: " + connection))
          .startsWith("HTTP/1.1 200")
          .contains(
              "corsac-key-id: acme",
              "x-forwarded-for: 127.0.0.1",
              "forwarded: for=127.0.0.1",
              "host: ")
          .doesNotContain(key.key());
      assertThat(rig.curl("/in/x", "-H", "Connection: " + connection)).startsWith("HTTP/1.1 401");
    }
  }

  /** A change to HTTP/2 inside of HTTP/1.1, which proxies have passed on as a tunnel. */
  @Test
  void h2c_isNoTunnel() throws Exception {
    try (FileRig rig = new FileRig(folder, guarded())) {
      assertThat(rig.curl("/in/x", "--http2")).doesNotContain("GET /in/x").contains("401");
      String raw =
          Rig.raw(
              rig.port(),
              String.join(
                  "\r\n",
                  "GET /free HTTP/1.1",
                  "Host: a",
                  "Connection: Upgrade",
                  "Upgrade: tcp",
                  "",
                  "GET /in/x HTTP/1.1",
                  "Host: a",
                  "Connection: close",
                  "",
                  ""));
      assertThat(raw).contains("HTTP/1.1 200", "HTTP/1.1 401");
    }
  }

  /** A second request in the body of the first. */
  @Test
  void smuggledRequest_isGuardedToo() throws Exception {
    try (FileRig rig = new FileRig(folder, guarded())) {
      String inner = "GET /in/x HTTP/1.1\r\nHost: a\r\n\r\n";
      for (String framing :
          List.of(
              "Content-Length: " + inner.length() + "\r\nTransfer-Encoding: chunked",
              "Transfer-Encoding: xchunked",
              "Transfer-Encoding : chunked",
              "Content-Length: 0\r\nContent-Length: " + inner.length(),
              "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity")) {
        String raw =
            Rig.raw(
                rig.port(), "POST /free HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n\r\n" + inner);
        assertThat(raw).as(framing).startsWith("HTTP/1.1 400").doesNotContain("GET /in/x");
      }
    }
  }

  /** What HTTP/2 lets through that HTTP/1 would not: names in upper case, pseudo-fields twice. */
  @Test
  void http2_oddHeads() throws Exception {
    try (FileRig rig = new FileRig(folder, guarded());
        Http2Client client = new Http2Client(rig.port())) {
      client.send(
          1,
          true,
          ":method",
          "GET",
          ":scheme",
          "http",
          ":authority",
          "a",
          ":path",
          "/in/x",
          "X-API-Key",
          key.key());
      client.send(
          3,
          true,
          ":method",
          "GET",
          ":scheme",
          "http",
          ":authority",
          "a",
          ":path",
          "/free",
          "x-api-key",
          key.key(),
          ":path",
          "/in/x");
      client.send(
          5,
          true,
          ":method",
          "GET",
          ":scheme",
          "http",
          ":authority",
          "a",
          ":path",
          "/in/x",
          "x-api-key",
          "x\r\nx-api-key: " + key.key());
      client.send(
          7, true, ":method", "OPTIONS", ":scheme", "http", ":authority", "a", ":path", "/in/x");
      client.get(9, "/in/x");
      String last = client.response(9);
      assertThat(last).contains("401");
    } catch (IOException e) {
      // The connection is ended because of one of them: nothing came through either.
      assertThat(e).isNotNull();
    }
  }

  /** CVE-2025-23419 (nginx): a session of before is taken up where other certificates count. */
  @Test
  void session_isNotTakenUpUnderAnotherAuthority() throws Exception {
    Certificates first = new Certificates(folder, "first");
    first.issue("server");
    first.issue("client");
    new Certificates(folder, "second");
    Files.copy(folder.resolve("first.pem"), folder.resolve("ca.pem"));
    String file =
        """
        tls: { certificate: server.pem, key: server-key.pem, client_ca: ca.pem }
        guards: { mtls: true }
        """;
    try (FileRig rig = new FileRig(folder, file)) {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new PemKeyCertOptions()
              .addCertPath(folder.resolve("client.pem").toString())
              .addKeyPath(folder.resolve("client-key.pem").toString())
              .getKeyManagerFactory(rig.vertx())
              .getKeyManagers(),
          new PemTrustOptions()
              .addCertPath(folder.resolve("first.pem").toString())
              .getTrustManagerFactory(rig.vertx())
              .getTrustManagers(),
          new SecureRandom());
      for (int i = 0; i < 3; i++) {
        assertThat(ask(rig, context)).isEqualTo(200);
      }
      Files.copy(
          folder.resolve("second.pem"),
          folder.resolve("ca.pem"),
          StandardCopyOption.REPLACE_EXISTING);
      long deadline = System.nanoTime() + Rig.ENOUGH.toNanos();
      while (isLetIn(rig, context)) {
        assertThat(System.nanoTime()).as("the new authority does not count").isLessThan(deadline);
        Thread.sleep(100);
      }
      for (int i = 0; i < 3; i++) {
        assertThat(isLetIn(rig, context)).isFalse();
      }
    }
  }

  /** On a connection of its own, with the sessions of the context. */
  private static boolean isLetIn(FileRig rig, SSLContext context) throws Exception {
    try {
      return ask(rig, context) == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static int ask(FileRig rig, SSLContext context) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(rig.url("/"))).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** The name in SNI says nothing about which route is asked, so it gets nobody past a guard. */
  @Test
  void sniOfAnotherHost_makesNoDifference() throws Exception {
    Certificates authority = new Certificates(folder, "authority");
    authority.issue("server");
    authority.issue("client");
    String file =
        """
        tls: { certificate: server.pem, key: server-key.pem, client_ca: authority.pem }
        routes:
          - path: /**
            host: inner.example
            guards: { mtls: true }
        """;
    try (FileRig rig = new FileRig(folder, file)) {
      for (String version : List.of("--http1.1", "--http2")) {
        assertThat(rig.curl("/", version, "-k", "-H", "Host: inner.example")).contains(" 403");
        assertThat(rig.curl("/", version, "-k", "-H", "Host: INNER.example.")).contains(" 403");
        assertThat(rig.curl("/", version, "-k", "-H", "Host: inner.example:80")).contains(" 403");
        assertThat(
                rig.curl(
                    "/",
                    version,
                    "-k",
                    "-H",
                    "Host: outer.example",
                    "-H",
                    "X-Forwarded-Host: inner.example"))
            .contains(" 200");
      }
      assertThat(
              rig.curl(
                  "/",
                  "-k",
                  "--http1.1",
                  "--request-target",
                  "http://inner.example/",
                  "-H",
                  "Host: outer.example"))
          .contains(" 403");
    }
  }

  /** Many keys that are wrong: nothing is remembered of them, and a right one passes after. */
  @Test
  void guessing_leavesNothing() throws Exception {
    try (FileRig rig = new FileRig(folder, guarded())) {
      StringBuilder guesses = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        guesses
            .append("GET /in/x HTTP/1.1\r\nHost: a\r\nX-API-Key: corsac_")
            .append(i)
            .append("\r\n\r\n");
      }
      guesses
          .append("GET /in/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-API-Key: ")
          .append(key.key())
          .append("\r\n\r\n");
      String all = Rig.raw(rig.port(), guesses.toString());
      assertThat(all.split("HTTP/1.1 401", -1)).hasSize(201);
      assertThat(all).contains("HTTP/1.1 200", "corsac-key-id: acme");
    }
  }
}
