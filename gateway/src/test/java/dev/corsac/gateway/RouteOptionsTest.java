package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a route says of its own. */
@Execution(ExecutionMode.CONCURRENT)
class RouteOptionsTest {
  @TempDir private Path folder = Path.of("replaced by JUnit");

  @ParameterizedTest
  @CsvSource({
    "a.tenants.example.com, tenant",
    "a.b.tenants.example.com, tenant",
    "A.TENANTS.EXAMPLE.COM:8443, tenant",
    "a.tenants.example.com., tenant",
    "tenants.example.com, rest",
    "atenants.example.com, rest",
    ".tenants.example.com, rest",
    "a.tenants.example.com.evil.example, rest",
    "one.tenants.example.com, one",
    "one.tenants.example.com:80, one",
    "x.example, rest",
    "[::1], v6",
    "[::1]:80, v6",
  })
  void host_choosesTheRoute(String host, String name) throws Exception {
    String file =
        """
        routes:
          - path: /a/**
            host: one.tenants.example.com
            upstream: $UPSTREAM/one
          - path: /a/**
            host: "*.tenants.example.com"
            upstream: $UPSTREAM/tenant
          - path: /**
            host: "[::1]"
            upstream: $UPSTREAM/v6
          - path: /**
            upstream: $UPSTREAM/rest
        """;
    try (FileRig rig = new FileRig(folder, file)) {
      assertThat(rig.curl("/a/x", "-H", "Host: " + host)).contains("GET /" + name + "/a/x");
      assertThat(rig.curl("/b", "-H", "Host: one.tenants.example.com")).contains("GET /rest/b");
      assertThat(rig.curl("/A/x", "-H", "Host: one.tenants.example.com"))
          .startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void hosts_haveTheirOwnPolicies() throws Exception {
    String file =
        """
        routes:
          - path: /**
            host: a.example
            cors: { allow_origins: ["https://a-page.example"] }
          - path: /**
            host: b.example
            cors: off
        """;
    try (FileRig rig = new FileRig(folder, file)) {
      assertThat(rig.curl("/", "-H", "Host: a.example", "-H", "Origin: https://a-page.example"))
          .containsIgnoringCase("access-control-allow-origin: https://a-page.example");
      assertThat(rig.curl("/", "-H", "Host: a.example", "-H", "Origin: " + FileRig.PAGE))
          .doesNotContainIgnoringCase("access-control-allow-origin");
      assertThat(rig.curl("/", "-H", "Host: b.example", "-H", "Origin: " + FileRig.PAGE))
          .doesNotContainIgnoringCase("access-control-allow-origin");
      assertThat(rig.curl("/", "-H", "Host: c.example", "-H", "Origin: " + FileRig.PAGE))
          .containsIgnoringCase("access-control-allow-origin: " + FileRig.PAGE);
    }
  }

  @Test
  void timeoutsAndMaxBody_areTheRoutes() throws Exception {
    String file =
        """
        max_body: 10
        routes:
          - path: /slow/**
            timeouts: { request: 1s }
          - path: /large/**
            max_body: 1MB
        """;
    try (FileRig rig = new FileRig(folder, file)) {
      rig.upstreamDoes(
          request ->
              request
                  .body()
                  .onSuccess(
                      body ->
                          rig.vertx()
                              .setTimer(
                                  3000, id -> request.response().end("<" + body.length() + ">"))));
      assertThat(rig.curl("/slow/x")).startsWith("HTTP/1.1 504");
      assertThat(rig.curl("/")).startsWith("HTTP/1.1 200");
      Files.writeString(folder.resolve("body"), "x".repeat(5000));
      assertThat(rig.curl("/large/x", "--data-binary", "@body")).endsWith("<5000>");
      assertThat(rig.curl("/other", "--data-binary", "@body")).startsWith("HTTP/1.1 413");
      assertThat(rig.curl("/other", "--data-binary", "@body", "-H", "Transfer-Encoding: chunked"))
          .startsWith("HTTP/1.1 413");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$UPSTREAM/base/login?x=1#y     | http://shop.example:99/login?x=1#y",
        "$UPSTREAM/base                 | http://shop.example:99/",
        "$UPSTREAM/base?x               | http://shop.example:99/?x",
        "$UPSTREAM/other                | $UPSTREAM/other",
        "$UPSTREAM/basement             | $UPSTREAM/basement",
        "$UPSTREAM/base//evil.example   | $UPSTREAM/base//evil.example",
        "/base/login                    | /login",
        "/base//evil.example            | /base//evil.example",
        "/base/\\evil.example           | /base/\\evil.example",
        "/base/\t/evil.example          | /base/\t/evil.example",
        "/base/x//y                     | /x//y",
        "/other                         | /other",
        "//evil.example/base            | //evil.example/base",
        "relative                       | relative",
        "https://elsewhere.example/base | https://elsewhere.example/base",
        "http://127.0.0.1:1/base        | http://127.0.0.1:1/base",
        "$UPSTREAM@evil.example/base/x  | $UPSTREAM@evil.example/base/x",
        "http://shop.example:99/base    | http://shop.example:99/base",
      })
  void location_ofTheUpstream_isTheGateways(String said, String told) throws Exception {
    try (FileRig rig =
        new FileRig(folder, "routes: [ { path: /**, upstream: $UPSTREAM/base } ]\n")) {
      rig.upstreamDoes(
          request ->
              request
                  .response()
                  .setStatusCode(302)
                  .putHeader("Location", said.replace("$UPSTREAM", rig.upstreamUrl()))
                  .end());
      assertThat(rig.curl("/x", "-H", "Host: shop.example:99"))
          .containsIgnoringCase(
              "location: " + told.replace("$UPSTREAM", rig.upstreamUrl()) + "\r\n");
    }
  }

  @Test
  void exposedHeaders_areJoinedOnRequest() throws Exception {
    String file =
        """
        cors:
          allow_origins: [https://page.example]
          expose_headers: [X-Total-Count]
        routes:
          - path: /joined
            join_exposed_headers: true
          - path: /**
        """;
    try (FileRig rig = new FileRig(folder, file)) {
      rig.upstreamDoes(
          request ->
              request
                  .response()
                  .putHeader(
                      "Access-Control-Expose-Headers",
                      "X-Mine, x-total-count, *, Set-Cookie, bad name")
                  .end());
      assertThat(rig.curl("/joined", "-H", "Origin: " + FileRig.PAGE))
          .containsIgnoringCase("access-control-expose-headers: X-Total-Count,X-Mine\r\n");
      assertThat(rig.curl("/joined", "-H", "Origin: https://evil.example"))
          .doesNotContainIgnoringCase("access-control-expose-headers");
      assertThat(rig.curl("/not", "-H", "Origin: " + FileRig.PAGE))
          .containsIgnoringCase("access-control-expose-headers: X-Total-Count\r\n");
    }
  }

  @Test
  void preflights_mayBeCached_onlyThoseThatAllow() throws Exception {
    try (FileRig rig = new FileRig(folder, "preflight_cache: 10m\n")) {
      String[] preflight = {
        "-X", "OPTIONS", "-H", "Access-Control-Request-Method: PUT", "-H", "Origin: " + FileRig.PAGE
      };
      assertThat(rig.curl("/", preflight))
          .startsWith("HTTP/1.1 200")
          .containsIgnoringCase("cache-control: public, max-age=600\r\n")
          .containsIgnoringCase("vary: Origin")
          .containsIgnoringCase(
              "vary: Access-Control-Request-Method, Access-Control-Request-Headers");
      preflight[5] = "Origin: https://evil.example";
      assertThat(rig.curl("/", preflight))
          .startsWith("HTTP/1.1 403")
          .doesNotContainIgnoringCase("cache-control: public");
    }
  }

  @Test
  void origin_isNotToldOnRequest() throws Exception {
    try (FileRig rig =
        new FileRig(folder, "routes: [ { path: /quiet, drop_origin: true }, { path: /** } ]\n")) {
      assertThat(rig.curl("/quiet", "-H", "Origin: " + FileRig.PAGE))
          .containsIgnoringCase("access-control-allow-origin: " + FileRig.PAGE)
          .doesNotContain("\norigin: ");
      assertThat(rig.curl("/", "-H", "Origin: " + FileRig.PAGE))
          .contains("\norigin: " + FileRig.PAGE);
    }
  }

  @Test
  void upstream_isShownACertificate_andKnownByItsAuthority() throws Exception {
    Certificates authority = new Certificates(folder, "authority");
    authority.issue("server");
    authority.issue("client");
    new Certificates(folder, "other").issue("stranger");
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setClientAuth(ClientAuth.REQUIRED)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(Files.readAllBytes(folder.resolve("server.pem"))))
                    .addKeyValue(
                        Buffer.buffer(Files.readAllBytes(folder.resolve("server-key.pem")))))
            .setTrustOptions(new PemTrustOptions().addCertPath(authority.ca().toString()));
    String file =
        """
        routes:
          - path: /known
            upstream_tls: { certificate: client.pem, key: client-key.pem, ca: authority.pem }
          - path: /h2
            upstream_tls: { certificate: client.pem, key: client-key.pem, ca: authority.pem }
            upstream_protocol: h2
          - path: /stranger
            upstream_tls: { certificate: stranger.pem, key: stranger-key.pem, ca: authority.pem }
          - path: /anonymous
            upstream_tls: { ca: authority.pem }
          - path: /distrust
            upstream_tls: { certificate: client.pem, key: client-key.pem, ca: other.pem }
        """;
    try (FileRig rig = new FileRig(folder, file, options)) {
      assertThat(rig.curl("/known")).startsWith("HTTP/1.1 200").contains("GET /known HTTP_1_1");
      assertThat(rig.curl("/h2")).startsWith("HTTP/1.1 200").contains("GET /h2 HTTP_2");
      for (String path : new String[] {"/stranger", "/anonymous", "/distrust"}) {
        assertThat(rig.curl(path, "-H", "Origin: " + FileRig.PAGE))
            .as(path)
            .startsWith("HTTP/1.1 502")
            .containsIgnoringCase("access-control-allow-origin");
      }
      authority.issue("client");
      Thread.sleep(2500);
      assertThat(rig.curl("/known")).startsWith("HTTP/1.1 200");
    }
  }
}
