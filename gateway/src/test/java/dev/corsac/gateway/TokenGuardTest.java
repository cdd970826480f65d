package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.corsac.gateway.guard.NewApiKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens, against an issuer that publishes its keys. */
@Execution(ExecutionMode.CONCURRENT)
class TokenGuardTest {
  private static final String ISSUER = "https://id.example";
  private static final RSAKey RSA = key("one");
  private static final ECKey EC = ecKey("two");

  @TempDir private Path folder = Path.of("replaced by JUnit");
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile String published = "";
  private volatile int status = 200;
  private HttpServer issuer = server();

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey ecKey(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void publish() {
    publish(RSA, EC);
    issuer.createContext(
        "/",
        exchange -> {
          fetches.incrementAndGet();
          byte[] body = published.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          try (exchange) {
            exchange.getResponseBody().write(body);
          }
        });
    issuer.start();
  }

  @AfterEach
  void stop() {
    issuer.stop(0);
  }

  private void publish(JWK... keys) {
    published = new JWKSet(List.of(keys)).toString(true);
  }

  private FileRig rig() throws IOException {
    return new FileRig(
        folder,
        """
        guards:
          jwt: { issuer: %s, audience: [shop, other], jwks: "http://127.0.0.1:%d/k", algorithms: [RS256, ES256] }
        """
            .formatted(ISSUER, issuer.getAddress().getPort()));
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("shop")
        .subject("Zoë\r\nX-Evil: 1")
        .claim("scope", "read write")
        .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))));
  }

  private String token(Consumer<JWTClaimsSet.Builder> changes) throws Exception {
    JWTClaimsSet.Builder claims = claims();
    changes.accept(claims);
    return signed(
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), claims.build(), RSA);
  }

  private static String signed(JWSHeader head, JWTClaimsSet claims, RSAKey key) throws Exception {
    SignedJWT token = new SignedJWT(head, claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static String ask(FileRig rig, String token, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-H", "Origin: " + FileRig.PAGE));
    arguments.addAll(List.of("-H", "Authorization: Bearer " + token));
    arguments.addAll(List.of(more));
    return rig.curl("/account", arguments.toArray(String[]::new));
  }

  @Test
  void goodToken_isTold() throws Exception {
    try (FileRig rig = rig()) {
      assertThat(
              ask(
                  rig,
                  token(claims -> {}),
                  "-H",
                  "Corsac-Token-Subject: admin",
                  "-H",
                  "corsac_token_scope: all"))
          .startsWith("HTTP/1.1 200")
          .contains("corsac-token-issuer: " + "https://id.example")
          .contains("corsac-token-subject: Zo%C3%AB%0D%0AX-Evil%3A%201".replace("%3A", ":"))
          .contains("corsac-token-scope: read%20write")
          .contains("authorization: Bearer ")
          .doesNotContain("admin", "all\n", "x-evil");
      SignedJWT ecToken =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .keyID("two")
                  .type(new JOSEObjectType("at+jwt"))
                  .build(),
              claims().audience(List.of("x", "other")).build());
      ecToken.sign(new ECDSASigner(EC));
      assertThat(ask(rig, ecToken.serialize())).startsWith("HTTP/1.1 200");
      assertThat(rig.curl("/", "-H", "authorization: bEARER " + token(claims -> {})))
          .startsWith("HTTP/1.1 200");
      assertThat(
              ask(
                  rig,
                  token(
                      claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(10))))))
          .as("within the clock's skew")
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void badTokens_areRefused_andAPageReadsWhy() throws Exception {
    Map<String, String> bad = new TreeMap<>();
    bad.put("issuers", token(c -> c.claim("iss", List.of("https://evil.example", ISSUER))));
    bad.put("audience in an object", token(c -> c.claim("aud", Map.of("shop", true))));
    bad.put("expiry as text", token(c -> c.claim("exp", "4102444800")));
    bad.put("expired", token(c -> c.expirationTime(Date.from(Instant.now().minusSeconds(120)))));
    bad.put("no expiry", token(c -> c.expirationTime(null)));
    bad.put("not yet", token(c -> c.notBeforeTime(Date.from(Instant.now().plusSeconds(120)))));
    bad.put("wrong audience", token(c -> c.audience("shop2")));
    bad.put("no audience", token(c -> c.audience((String) null)));
    bad.put("audience in another case", token(c -> c.audience("SHOP")));
    bad.put("wrong issuer", token(c -> c.issuer(ISSUER + "/")));
    bad.put("no issuer", token(c -> c.issuer(null)));
    String good = token(c -> {});
    String[] parts = good.split("\\.", -1);
    bad.put("none", new PlainJWT(claims().build()).serialize());
    bad.put(
        "none with a signature", header("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]);
    bad.put("nOnE", header("{\"alg\":\"nOnE\"}") + "." + parts[1] + ".");
    bad.put("no alg", header("{}") + "." + parts[1] + "." + parts[2]);
    bad.put("no signature", parts[0] + "." + parts[1] + ".");
    bad.put("two parts", parts[0] + "." + parts[1]);
    bad.put(
        "changed claims",
        parts[0]
            + "."
            + header("{\"iss\":\"" + ISSUER + "\",\"aud\":\"shop\",\"exp\":4102444800}")
            + "."
            + parts[2]);
    bad.put(
        "changed signature",
        good.substring(0, good.length() - 10)
            + (good.charAt(good.length() - 10) == 'A' ? 'B' : 'A')
            + good.substring(good.length() - 9));
    bad.put("no JSON", "a.b.c");
    bad.put(
        "deep JSON",
        header("{\"alg\":\"RS256\",\"x\":" + "[".repeat(3000) + "]".repeat(3000) + "}")
            + "."
            + parts[1]
            + "."
            + parts[2]);
    bad.put("long", good + "A".repeat(20_000));
    bad.put(
        "encrypted",
        header("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"zip\":\"DEF\"}")
            + ".."
            + parts[1]
            + "."
            + parts[2]
            + "."
            + parts[2]);
    // The public key as the secret of an HMAC, in the forms that libraries once took.
    for (String secret :
        List.of(
            RSA.toPublicJWK().toJSONString(),
            pem(RSA.toRSAPublicKey().getEncoded()),
            "x".repeat(64))) {
      SignedJWT confused =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), claims().build());
      confused.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
      bad.put("HS256 " + secret.hashCode(), confused.serialize());
    }
    SignedJWT der =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), claims().build());
    der.sign(new MACSigner(RSA.toRSAPublicKey().getEncoded()));
    bad.put("HS256 with the key in DER", der.serialize());
    // Keys that the token brings along.
    RSAKey evil = key("one");
    bad.put(
        "another key of the same name",
        signed(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
            claims().build(),
            evil));
    bad.put(
        "jwk",
        signed(
            new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(evil.toPublicJWK()).build(),
            claims().build(),
            evil));
    bad.put(
        "jku",
        signed(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("one")
                .jwkURL(URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + "/evil"))
                .build(),
            claims().build(),
            evil));
    for (String kid :
        List.of("../../../../dev/null", "' or '1'='1", "http://127.0.0.1/", "one\u0000")) {
      bad.put(
          "kid " + kid,
          signed(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build(),
              claims().build(),
              evil));
    }
    bad.put(
        "algorithm not listed",
        signed(
            new JWSHeader.Builder(JWSAlgorithm.PS256).keyID("one").build(), claims().build(), RSA));
    bad.put(
        "algorithm of another key",
        signed(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("two").build(), claims().build(), RSA));
    bad.put(
        "crit",
        signed(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("one")
                .criticalParams(java.util.Set.of("exp"))
                .build(),
            claims().build(),
            RSA));
    bad.put(
        "b64",
        signed(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("one")
                .base64URLEncodePayload(false)
                .criticalParams(java.util.Set.of("b64"))
                .build(),
            claims().build(),
            RSA));
    bad.put(
        "another type",
        signed(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("one")
                .type(new JOSEObjectType("logout+jwt"))
                .build(),
            claims().build(),
            RSA));
    bad.put(
        "ES256 with zeros (CVE-2022-21449)",
        header("{\"alg\":\"ES256\",\"kid\":\"two\"}")
            + "."
            + parts[1]
            + "."
            + Base64URL.encode(new byte[64]));

    try (FileRig rig = rig()) {
      assertThat(ask(rig, good)).startsWith("HTTP/1.1 200");
      for (Map.Entry<String, String> each : bad.entrySet()) {
        assertThat(ask(rig, each.getValue()))
            .as(each.getKey())
            .startsWith("HTTP/1.1 401")
            .containsIgnoringCase("WWW-Authenticate: Bearer error=\"invalid_token\"")
            .containsIgnoringCase("Access-Control-Allow-Origin: " + FileRig.PAGE)
            .containsIgnoringCase("Vary: Origin");
      }
      assertThat(ask(rig, good)).startsWith("HTTP/1.1 200");
      assertThat(fetches.get()).as("made-up names of keys cause few fetches").isLessThan(5);
    }
  }

  private static String header(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String pem(byte[] key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
        + "\n-----END PUBLIC KEY-----\n";
  }

  @Test
  void otherSpellings_areNoToken() throws Exception {
    try (FileRig rig = rig()) {
      String token = token(c -> {});
      String[] parts = token.split("\\.", -1);
      assertThat(rig.curl("/", "-H", "Authorization: Bearer " + token)).startsWith("HTTP/1.1 200");
      for (String other :
          List.of(
              token + "=",
              parts[0] + "=." + parts[1] + "." + parts[2],
              parts[0] + "." + parts[1] + ". " + parts[2],
              parts[0] + "." + parts[1] + "." + parts[2].substring(0, 9) + "+" + parts[2],
              token + ".",
              token + "\u00e9")) {
        assertThat(rig.curl("/", "-H", "Authorization: Bearer " + other))
            .as(other)
            .startsWith("HTTP/1.1 401");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Nothing: here",
        "Authorization: Basic YTpi",
        "Authorization: Bearer",
        "Authorization: BearerX",
        "Cookie: Authorization=Bearer",
        "X-Authorization: Bearer x",
        "Authorization_: Bearer x",
      })
  void noToken_isAskedFor(String header) throws Exception {
    try (FileRig rig = rig()) {
      assertThat(
              rig.curl(
                  "/?access_token=" + token(c -> {}),
                  "-H",
                  header,
                  "-H",
                  "Origin: " + FileRig.PAGE))
          .startsWith("HTTP/1.1 401")
          .containsIgnoringCase("WWW-Authenticate: Bearer\r\n")
          .containsIgnoringCase("Access-Control-Allow-Origin: " + FileRig.PAGE);
    }
  }

  @Test
  void twoTokens_areNone() throws Exception {
    try (FileRig rig = rig()) {
      String good = token(c -> {});
      assertThat(ask(rig, good, "-H", "Authorization: Bearer " + good)).startsWith("HTTP/1.1 401");
      assertThat(ask(rig, good + ", Bearer " + good)).startsWith("HTTP/1.1 401");
    }
  }

  @Test
  void newKey_isFetchedWhenATokenNamesIt() throws Exception {
    try (FileRig rig = rig()) {
      assertThat(ask(rig, token(c -> {}))).startsWith("HTTP/1.1 200");
      Thread.sleep(10_500);
      RSAKey next = key("next");
      publish(next);
      String signed =
          signed(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("next").build(),
              claims().build(),
              next);
      assertThat(ask(rig, signed)).startsWith("HTTP/1.1 200");
      assertThat(ask(rig, token(c -> {}))).as("the key is gone").startsWith("HTTP/1.1 401");
    }
  }

  @Test
  void issuerDown_keysFromBeforeCount_withoutAnyNobodyPasses() throws Exception {
    status = 500;
    try (FileRig rig = rig()) {
      assertThat(ask(rig, token(c -> {})))
          .startsWith("HTTP/1.1 503")
          .containsIgnoringCase("Access-Control-Allow-Origin: " + FileRig.PAGE);
      assertThat(
              rig.curl(
                  "/",
                  "-X",
                  "OPTIONS",
                  "-H",
                  "Origin: " + FileRig.PAGE,
                  "-H",
                  "Access-Control-Request-Method: GET"))
          .startsWith("HTTP/1.1 200");
    }
    status = 200;
    try (FileRig rig = rig()) {
      assertThat(ask(rig, token(c -> {}))).startsWith("HTTP/1.1 200");
      status = 500;
      Thread.sleep(10_500);
      String unknown =
          signed(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("x").build(), claims().build(), RSA);
      assertThat(ask(rig, unknown)).startsWith("HTTP/1.1 401");
      assertThat(ask(rig, token(c -> {}))).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void weakOrSecretPublishedKeys_countForNothing() throws Exception {
    published = "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"one\",\"k\":\"" + "A".repeat(43) + "\"}]}";
    try (FileRig rig = rig()) {
      assertThat(ask(rig, token(c -> {}))).startsWith("HTTP/1.1 503");
    }
  }

  @Test
  void aLateIssuer_isWaitedFor_withBodiesWhole() throws Exception {
    issuer.removeContext("/");
    issuer.createContext(
        "/",
        exchange -> {
          try {
            Thread.sleep(1000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          byte[] body = published.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          try (exchange) {
            exchange.getResponseBody().write(body);
          }
        });
    try (FileRig rig = rig()) {
      rig.upstreamDoes(
          request ->
              request.body().onSuccess(body -> request.response().end("<" + body.length() + ">")));
      java.nio.file.Files.writeString(folder.resolve("body"), "x".repeat(200_000));
      assertThat(ask(rig, token(c -> {}), "--data-binary", "@body")).contains("<200000>");
    }
    try (FileRig rig = rig()) {
      java.nio.file.Files.writeString(folder.resolve("body"), "x".repeat(200_000));
      rig.upstreamDoes(
          request ->
              request.body().onSuccess(body -> request.response().end("<" + body.length() + ">")));
      assertThat(ask(rig, token(c -> {}), "--http2-prior-knowledge", "--data-binary", "@body"))
          .contains("<200000>");
    }
  }

  @Test
  void newApiKeys_differ() {
    assertThat(NewApiKey.create().key()).isNotEqualTo(NewApiKey.create().key()).hasSize(50);
  }
}
