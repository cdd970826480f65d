package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsPolicyTest {
  private static final String APP = "https://app.example.com";

  private static CorsPolicy.Builder app() {
    return CorsPolicy.builder()
        .allowOrigins(APP, "https://*.example.org", "http://localhost:*")
        .allowMethods("GET", "PUT")
        .allowHeaders("X-Request-ID", "Authorization")
        .exposeHeaders("X-Total-Count")
        .allowCredentials();
  }

  private static Reason reason(Cors cors, CorsRequest request) {
    return cors.decide(request).reason();
  }

  @Test
  void defaults() {
    CorsPolicy policy = CorsPolicy.builder().allowOrigins(APP).build();
    Request preflight = Request.preflight(APP, "POST", "content-type");
    Response response = Response.of(policy, preflight);

    assertThat(((Decision.Answer) policy.decide(preflight)).status()).isEqualTo(200);
    assertThat(response.get("Access-Control-Allow-Origin")).isEqualTo(APP);
    assertThat(response.get("Access-Control-Allow-Methods")).isEqualTo("GET, HEAD, POST");
    assertThat(response.get("Access-Control-Allow-Headers"))
        .isEqualTo("Accept, Accept-Language, Content-Language, Content-Type");
    assertThat(response.get("Access-Control-Max-Age")).isEqualTo("600");
    assertThat(response.get("Access-Control-Allow-Credentials")).isNull();
    assertThat(response.get("Access-Control-Expose-Headers")).isNull();
    assertThat(response.get("Corsac-Decision")).isNull();
    assertThat(response.get("Vary")).isEqualTo("Origin");
    assertThat(reason(CorsPolicy.builder().build(), Request.get(APP)))
        .isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
  }

  @Test
  void preflight_listsEverythingThatIsAllowed() {
    Response response =
        Response.of(
            app().maxAge(Duration.ofDays(1)).build(),
            Request.preflight(APP, "PUT", "x-request-id"));
    assertThat(response.get("Access-Control-Allow-Methods")).isEqualTo("GET, HEAD, POST, PUT");
    assertThat(response.get("Access-Control-Allow-Headers"))
        .isEqualTo(
            "Accept, Accept-Language, Content-Language, Content-Type, X-Request-ID, Authorization");
    assertThat(response.get("Access-Control-Allow-Credentials")).isEqualTo("true");
    assertThat(response.get("Access-Control-Max-Age")).isEqualTo("86400");
    assertThat(response.get("Access-Control-Expose-Headers")).isNull();
  }

  @Test
  void preflight_ofAnOriginThatIsNotAllowed_is403WithoutCorsHeaders() {
    Request request = Request.preflight("https://evil.example", "PUT");
    Decision decision = app().build().decide(request);
    assertThat(((Decision.Answer) decision).status()).isEqualTo(403);
    assertThat(Response.of(app().build(), request)).hasToString("{Vary=[Origin]}");
  }

  @Test
  void preflight_forWhatIsNotAllowed_saysTheTruthWithAnOkStatus() {
    CorsPolicy policy = app().preflightStatus(204).build();
    for (Request request :
        List.of(Request.preflight(APP, "DELETE"), Request.preflight(APP, "PUT", "x-other"))) {
      Decision decision = policy.decide(request);
      assertThat(((Decision.Answer) decision).status()).isEqualTo(204);
      assertThat(decision.reason().allowed()).isFalse();
      assertThat(Response.of(policy, request).get("Access-Control-Allow-Methods"))
          .isEqualTo("GET, HEAD, POST, PUT");
    }
  }

  @Test
  void methods_areCaseSensitive() {
    CorsPolicy policy = app().allowMethods("PATCH").build();
    assertThat(reason(policy, Request.preflight(APP, "PATCH"))).isEqualTo(Reason.PREFLIGHT_ALLOWED);
    assertThat(reason(policy, Request.preflight(APP, "patch")))
        .isEqualTo(Reason.METHOD_NOT_ALLOWED);
    assertThat(reason(policy, Request.preflight(APP, ""))).isEqualTo(Reason.METHOD_NOT_ALLOWED);
  }

  @Test
  void options_withoutRequestedMethod_isNoPreflight() {
    Decision decision = app().build().decide(Request.of("OPTIONS", "Origin", APP));
    assertThat(decision).isInstanceOf(Decision.Proceed.class);
    assertThat(decision.reason()).isEqualTo(Reason.ORIGIN_ALLOWED);
  }

  @Test
  void actualRequest_getsTheGrantAndNothingOfAPreflight() {
    assertThat(Response.of(app().build(), Request.get(APP)))
        .hasToString(
            "{Access-Control-Allow-Credentials=[true], Access-Control-Allow-Origin=["
                + APP
                + "], Access-Control-Expose-Headers=[X-Total-Count], Vary=[Origin]}");
  }

  @Test
  void vary_isOnEveryResponse() {
    for (Request request :
        List.of(
            Request.of("GET"),
            Request.get(APP),
            Request.get("https://evil.example"),
            Request.get("://"))) {
      assertThat(Response.of(app().build(), request).get("Vary")).isEqualTo("Origin");
    }
  }

  @Test
  void vary_isAddedToWhatTheApplicationSet() {
    for (String set : List.of("Accept-Encoding", "accept, ORIGIN", "*")) {
      Response response = new Response();
      response.setHeader("vary", set);
      app().build().decide(Request.get(APP)).applyTo(response);
      assertThat(response.get("Vary"))
          .isEqualTo(set.equals("Accept-Encoding") ? "Accept-Encoding, Origin" : set);
    }
  }

  @Test
  void applicationsOwnCorsHeaders_areReplaced() {
    Response response = new Response();
    response.addHeader("access-control-allow-origin", "*");
    response.addHeader("Access-Control-Allow-Origin", "https://evil.example");
    response.addHeader("Access-Control-Allow-Private-Network", "true");
    app().build().decide(Request.get("https://evil.example")).applyTo(response);
    assertThat(response).hasToString("{Vary=[Origin]}");
  }

  @Test
  void off_touchesNothing() {
    Response response = new Response();
    response.setHeader("Access-Control-Allow-Origin", "*");
    Cors.off().decide(Request.preflight(APP, "PUT")).applyTo(response);
    assertThat(response).hasToString("{Access-Control-Allow-Origin=[*]}");
  }

  @Test
  void applyingTwice_isApplyingOnce() {
    Response response = new Response();
    Decision decision = app().build().decide(Request.get(APP));
    decision.applyTo(response);
    String once = response.toString();
    decision.applyTo(response);
    assertThat(response).hasToString(once);
  }

  @Test
  void anyOrigin_isALiteralStarOnEveryResponse() {
    CorsPolicy policy = CorsPolicy.builder().allowAnyOrigin().exposeHeaders("*").build();
    for (Request request :
        List.of(Request.of("GET"), Request.get(APP), Request.get("null"), Request.get("a b"))) {
      assertThat(Response.of(policy, request))
          .hasToString("{Access-Control-Allow-Origin=[*], Access-Control-Expose-Headers=[*]}");
    }
    assertThat(Response.of(policy, Request.preflight(APP, "POST")).get("Vary")).isNull();
    for (String several : List.of("", "a b", "https://a.example, https://b.example", "a\tb")) {
      assertThat(reason(policy, Request.preflight(several, "POST")))
          .isEqualTo(Reason.ORIGIN_MALFORMED);
    }
    for (String one : List.of("file://", "app://.", "NULL", "https://a..b", "x".repeat(9_000))) {
      assertThat(reason(policy, Request.preflight(one, "POST")))
          .isEqualTo(Reason.PREFLIGHT_ALLOWED);
    }
  }

  @Test
  void invalidPolicy_keepsItsMessageWhenSerialised() throws Exception {
    InvalidPolicyException thrown =
        catchThrowableOfType(
            InvalidPolicyException.class, () -> app().allowOrigins("https://a/").build());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(thrown);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      InvalidPolicyException copy = (InvalidPolicyException) in.readObject();
      assertThat(copy).hasMessage(thrown.getMessage());
      assertThat(copy.findings()).isEmpty();
    }
  }

  @Test
  void text_ofManyOriginsSaysThatThereAreMore() {
    List<String> origins =
        IntStream.range(0, 103).mapToObj(i -> "https://a" + i + ".example.com").toList();
    assertThat(CorsPolicy.builder().allowOrigins(origins).maxAge(Duration.ofHours(1)).build())
        .asString()
        .startsWith("allow_origins: [\"https://")
        .endsWith("\n# and 3 origins more\nmax_age: 3600");
    assertThat(CorsPolicy.builder().allowOrigins(origins.subList(0, 100)).build())
        .asString()
        .doesNotContain("#");
  }

  @Test
  void check_givesThePolicyUnlessThereIsAnError() {
    CheckedPolicy unwise = CorsPolicy.builder().allowAnyOrigin().check();
    assertThat(unwise.findings()).extracting(Finding::rule).containsExactly(PolicyRule.ANY_ORIGIN);
    assertThat(unwise.policy()).isPresent();
    CheckedPolicy wrong = CorsPolicy.builder().allowAnyOrigin().allowCredentials().check();
    assertThat(wrong.findings())
        .extracting(Finding::rule)
        .containsExactly(PolicyRule.ANY_ORIGIN_CREDENTIALS);
    assertThat(wrong.policy()).isEmpty();
  }

  @Test
  void anyMethod_isAnsweredWithNames() {
    CorsPolicy policy = CorsPolicy.builder().allowOrigins(APP).allowMethods("*").build();
    String common = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";
    assertThat(
            Response.of(policy, Request.preflight(APP, "DELETE"))
                .get("Access-Control-Allow-Methods"))
        .isEqualTo(common);
    assertThat(
            Response.of(policy, Request.preflight(APP, "PURGE"))
                .get("Access-Control-Allow-Methods"))
        .isEqualTo(common + ", PURGE");
    for (String method : List.of("TRACE", "a b", "X".repeat(65), "PUT\r\nX: y")) {
      assertThat(reason(policy, Request.preflight(APP, method)))
          .isEqualTo(Reason.METHOD_NOT_ALLOWED);
    }
  }

  @Test
  void anyHeader_isAnsweredWithTheAskedNames_withinBounds() {
    CorsPolicy open = CorsPolicy.builder().allowAnyOrigin().allowHeaders("*").build();
    CorsPolicy credentialed =
        CorsPolicy.builder().allowOrigins(APP).allowCredentials().allowHeaders("*").build();
    Request plain = Request.preflight(APP, "GET", "authorization,x-a");
    Request split = Request.preflight(APP, "GET", " authorization , ,", "x-a");
    Request huge = Request.preflight(APP, "GET", "x,".repeat(4000) + "x");
    Request garbage = Request.preflight(APP, "GET", "a b");
    String header = "Access-Control-Allow-Headers";

    assertThat(Response.of(open, plain).get(header)).isEqualTo("authorization,x-a");
    assertThat(Response.of(credentialed, split).get(header)).isEqualTo("authorization, x-a");
    assertThat(Response.of(open, huge).get(header)).isEqualTo("*,authorization");
    assertThat(Response.of(credentialed, huge).get(header)).isNull();
    assertThat(Response.of(open, Request.preflight(APP, "GET", "")).get(header))
        .isEqualTo("Accept, Accept-Language, Content-Language, Content-Type");
    assertThat(reason(credentialed, garbage)).isEqualTo(Reason.REQUEST_HEADERS_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x-request-id",
        "authorization,x-request-id",
        "X-Request-Id , Content-Type",
        ",,x-request-id,,",
        "\tx-request-id\t",
        ",,,,,,,,,,,,,,,"
      })
  void requestedHeaders_thatAreAllowed(String line) {
    assertThat(reason(app().build(), Request.preflight(APP, "GET", line)))
        .isEqualTo(Reason.PREFLIGHT_ALLOWED);
    assertThat(reason(app().build(), Request.preflight(APP, "GET", line, "accept")))
        .isEqualTo(Reason.PREFLIGHT_ALLOWED);
  }

  @Test
  void requestedHeaders_thatAreNot() {
    CorsPolicy policy = app().build();
    assertThat(reason(policy, Request.preflight(APP, "GET", "x-request-id,x-other")))
        .isEqualTo(Reason.HEADER_NOT_ALLOWED);
    assertThat(reason(policy, Request.preflight(APP, "GET", "accept", "x-other")))
        .isEqualTo(Reason.HEADER_NOT_ALLOWED);
    for (String line :
        Arrays.asList(
            "accept;",
            "x request",
            "accept\u00e9",
            ",".repeat(8192),
            " ".repeat(8192),
            "accept,".repeat(2000))) {
      assertThat(reason(policy, Request.preflight(APP, "GET", line)))
          .as(line)
          .isEqualTo(Reason.REQUEST_HEADERS_MALFORMED);
    }
  }

  @Test
  void describe_namesTheCause_escapedAndBounded() {
    CorsPolicy policy = app().build();
    Request hostile = Request.get("https://evil\r\nSet-Cookie: a=\"b\"" + "x".repeat(500));
    assertThat(policy.decide(hostile).describe(hostile))
        .startsWith(
            "origin-malformed; origin=\"https://evil\\u000d\\u000aSet-Cookie: a=\\\"b\\\"xxx")
        .endsWith("xxx...\"")
        .hasSizeLessThan(200);
    Request headers = Request.preflight(APP, "GET", "x-b,accept,x-a");
    assertThat(policy.decide(headers).describe(headers))
        .isEqualTo("header-not-allowed; header=\"x-b\"; header=\"x-a\"");
    Request method = Request.preflight(APP, "PATCH");
    assertThat(policy.decide(method).describe(method))
        .isEqualTo("method-not-allowed; method=\"PATCH\"");
  }

  @Test
  void explain_addsTheReasonToEveryResponse() {
    CorsPolicy policy = app().explain(true).build();
    assertThat(Response.of(policy, Request.get("https://evil.example")).get("Corsac-Decision"))
        .isEqualTo("origin-not-allowed; origin=\"https://evil.example\"");
    assertThat(Response.of(policy, Request.preflight(APP, "PUT")).get("Corsac-Decision"))
        .isEqualTo("preflight-allowed; origin=\"https://app.example.com\"");
  }

  @Test
  void observer_seesEachDecision() {
    StringBuilder seen = new StringBuilder();
    Cors cors =
        app().build().observedBy((request, decision) -> seen.append(decision.describe(request)));
    cors.decide(Request.get("https://evil.example"));
    assertThat(seen).hasToString("origin-not-allowed; origin=\"https://evil.example\"");
  }

  @Test
  void source_isAskedForWellFormedOriginsOnly() {
    CorsPolicy policy =
        CorsPolicy.builder().allowOriginsFrom(origin -> origin.endsWith(".dev")).build();
    assertThat(reason(policy, Request.get("https://a.dev"))).isEqualTo(Reason.ORIGIN_ALLOWED);
    assertThat(reason(policy, Request.get("https://a.com"))).isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
    assertThat(reason(policy, Request.get("https://b.com/.dev")))
        .isEqualTo(Reason.ORIGIN_MALFORMED);
  }

  @Test
  void nullOrigin_onlyIfTheDangerIsAccepted() {
    assertThat(reason(app().build(), Request.get("null"))).isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
    CorsPolicy policy =
        CorsPolicy.builder().allowOrigins("null").dangerouslyAllow(Risk.NULL_ORIGIN).build();
    assertThat(Response.of(policy, Request.get("null")).get("Access-Control-Allow-Origin"))
        .isEqualTo("null");
    assertThat(reason(policy, Request.get(APP))).isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
  }

  @Test
  void enforceUnsafe_refusesWhatMayChangeState() {
    CorsPolicy policy = app().enforce(Enforcement.UNSAFE).build();
    for (String origin : List.of("https://evil.example", "null", "a b")) {
      assertThat(policy.decide(Request.of("POST", "Origin", origin)))
          .isInstanceOf(Decision.Answer.class);
      assertThat(policy.decide(Request.of("GET", "Origin", origin, "Upgrade", "WebSocket")))
          .isInstanceOf(Decision.Answer.class);
      assertThat(policy.decide(Request.get(origin))).isInstanceOf(Decision.Proceed.class);
    }
    assertThat(policy.decide(Request.of("POST", "Origin", APP, "Origin", APP)))
        .isInstanceOf(Decision.Answer.class);
    assertThat(policy.decide(Request.of("POST", "Origin", APP)))
        .isInstanceOf(Decision.Proceed.class);
    assertThat(policy.decide(Request.of("POST"))).isInstanceOf(Decision.Proceed.class);
    assertThat(reason(policy, Request.of("POST", "Sec-Fetch-Site", "cross-site")))
        .isEqualTo(Reason.CROSS_SITE_WITHOUT_ORIGIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "websocket",
        "WebSocket",
        "foo, websocket",
        "websocket, foo",
        "foo,,\twebsocket",
        "websocket/13",
        "foo/1 , WEBSOCKET/13"
      })
  void enforce_refusesEverySpellingOfAHandshake(String upgrade) {
    CorsPolicy policy = app().enforce(Enforcement.UNSAFE).build();
    for (String origin : List.of("https://evil.example", "null")) {
      assertThat(policy.decide(Request.of("GET", "Origin", origin, "Upgrade", upgrade)))
          .isInstanceOf(Decision.Answer.class);
      assertThat(
              policy.decide(
                  Request.of("GET", "Origin", origin, "Upgrade", "foo", "Upgrade", upgrade)))
          .isInstanceOf(Decision.Answer.class);
      assertThat(policy.decide(Request.of("CONNECT", "Origin", origin)))
          .isInstanceOf(Decision.Answer.class);
    }
    assertThat(policy.decide(Request.of("GET", "Origin", APP, "Upgrade", upgrade)))
        .isInstanceOf(Decision.Proceed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2c", "web, socket", "TLS/1.0", "", "websocke"})
  void enforceUnsafe_passesOtherUpgrades(String upgrade) {
    CorsPolicy policy = app().enforce(Enforcement.UNSAFE).build();
    assertThat(policy.decide(Request.of("GET", "Origin", "null", "Upgrade", upgrade)))
        .isInstanceOf(Decision.Proceed.class);
  }

  @Test
  void enforce_knowsTheServersOwnPages() {
    CorsPolicy policy = app().enforce(Enforcement.ALL).build();
    String self = "https://api.example.net";
    assertThat(reason(policy, Request.of("POST", "Origin", self, "Sec-Fetch-Site", "same-origin")))
        .isEqualTo(Reason.SAME_ORIGIN);
    assertThat(reason(policy, Request.of("POST", "Origin", self, "Host", "API.example.net")))
        .isEqualTo(Reason.SAME_ORIGIN);
    assertThat(
            policy.decide(
                Request.of(
                    "POST",
                    "Origin",
                    self,
                    "Host",
                    "api.example.net",
                    "Sec-Fetch-Site",
                    "same-site")))
        .isInstanceOf(Decision.Answer.class);
    assertThat(policy.decide(Request.of("GET", "Origin", "null", "Host", "")))
        .isInstanceOf(Decision.Answer.class);
  }

  @Test
  void enforceAll_letsNavigationsPass() {
    CorsPolicy policy = app().enforce(Enforcement.ALL).build();
    assertThat(
            reason(
                policy,
                Request.of("GET", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")))
        .isEqualTo(Reason.NO_ORIGIN);
    assertThat(
            reason(
                policy,
                Request.of("GET", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors")))
        .isEqualTo(Reason.CROSS_SITE_WITHOUT_ORIGIN);
    assertThat(reason(policy, Request.of("GET", "Sec-Fetch-Site", "none")))
        .isEqualTo(Reason.NO_ORIGIN);
  }

  @Test
  void toBuilder_buildsTheSamePolicy() {
    CorsPolicy policy =
        app()
            .allowOrigins("null")
            .dangerouslyAllow(Risk.NULL_ORIGIN)
            .explain(true)
            .preflightStatus(204)
            .maxAge(Duration.ofHours(2))
            .enforce(Enforcement.ALL)
            .build();
    assertThat(policy.toBuilder().build()).hasToString(policy.toString());
    assertThat(policy.toString())
        .contains(
            "allow_origins: [\"https://app.example.com\", \"https://*.example.org\", \"http://localhost:*\", \"null\"]");
    assertThat(CorsPolicy.builder().allowAnyOrigin().build().toBuilder().build().toString())
        .isEqualTo("allow_origins: [\"*\"]");
  }

  @Test
  void aBuiltPolicy_doesNotFollowItsBuilder() {
    CorsPolicy.Builder builder = CorsPolicy.builder().allowOrigins(APP);
    CorsPolicy policy = builder.build();
    builder.allowMethods("PUT").allowOrigins("https://b.example");
    assertThat(reason(policy, Request.preflight(APP, "PUT"))).isEqualTo(Reason.METHOD_NOT_ALLOWED);
    assertThat(reason(policy, Request.get("https://b.example")))
        .isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
  }
}
