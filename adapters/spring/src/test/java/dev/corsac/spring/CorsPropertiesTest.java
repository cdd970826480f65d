package dev.corsac.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.corsac.Cors;
import dev.corsac.config.FileRule;
import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsPropertiesTest {
  private static final String ALL =
      """
      allow_origins: ["https://example.com", "https://*.example.com"]
      allow_methods: ["PUT", "DELETE"]
      allow_headers: ["Authorization"]
      expose_headers: ["X-Total-Count"]
      allow_credentials: true
      max_age: 3600
      enforce: unsafe
      preflight_status: 204
      explain: true
      dangerously_allow: ["insecure_origins"]""";

  @Test
  void everyKey_inProperties() {
    Settings settings =
        new Settings()
            .properties(
                "corsac.cors.allow-origins=https://example.com, https://*.example.com",
                "corsac.cors.allow-methods[0]=PUT",
                "corsac.cors.allow-methods[1]=DELETE",
                "corsac.cors.allow-headers=Authorization",
                "corsac.cors.expose-headers=X-Total-Count",
                "corsac.cors.allow-credentials=true",
                "corsac.cors.max-age=1h",
                "corsac.cors.enforce=unsafe",
                "corsac.cors.preflight-status=204",
                "corsac.cors.explain=true",
                "corsac.cors.dangerously-allow=insecure_origins");

    assertThat(settings.read()).hasToString(ALL);
  }

  @Test
  void whoMayAct_andByWhichName() {
    Settings settings =
        new Settings()
            .properties(
                "corsac.hosts=api.example.com, localhost",
                "corsac.cors.allow-origins=https://example.com",
                "corsac.cors.enforce-report=all",
                "corsac.cors.trusted-origins[0]=https://login.example.com");

    assertThat(settings.read())
        .hasToString(
            """
            hosts: ["api.example.com", "localhost"]
            allow_origins: ["https://example.com"]
            enforce_report: all
            trusted_origins: ["https://login.example.com"]""");
    assertThat(new Settings().properties("corsac.hosts[0]=https://api.example.com").errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.where()).isEqualTo("corsac.hosts[0]");
              assertThat(error.fix()).isEqualTo("Write \"api.example.com\".");
            });
  }

  @Test
  void everyKey_inYaml() {
    Settings settings =
        new Settings()
            .yaml(
                """
                corsac:
                  cors:
                    allow-origins: [https://example.com, "https://*.example.com"]
                    allow-methods:
                      - PUT
                      - DELETE
                    allow-headers: Authorization
                    expose-headers: X-Total-Count
                    allow-credentials: true
                    max-age: 3600
                    enforce: unsafe
                    preflight-status: 204
                    explain: true
                    dangerously-allow: insecure_origins
                """);

    assertThat(settings.read()).hasToString(ALL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "corsac.cors.allow-origins",
        "corsac.cors.allow_origins",
        "corsac.cors.allowOrigins",
        "corsac.cors.ALLOW-ORIGINS"
      })
  void relaxedNames(String name) {
    assertThat(new Settings().properties(name + "=https://example.com").read())
        .hasToString("allow_origins: [\"https://example.com\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CORSAC_CORS_ALLOWORIGINS",
        "CORSAC_CORS_ALLOW_ORIGINS",
        "CORSAC_CORS_ALLOWORIGINS_0_"
      })
  void variables(String name) {
    Settings settings =
        new Settings()
            .properties("corsac.cors.allow-origins=https://file.example")
            .variables(
                Map.of(
                    name, "https://example.com", "CORSAC_ENV", "x", "CORSAC_CORS_SOMETHING", ""));

    assertThat(settings.read()).hasToString("allow_origins: [\"https://example.com\"]");
  }

  @Test
  void laterFile_winsKeyByKey() {
    Settings settings =
        new Settings()
            .properties(
                "corsac.cors.allow-origins=https://example.com,https://example.org",
                "corsac.cors.max-age=3600")
            .properties("corsac.cors.allow-origins=http://localhost:*");

    assertThat(settings.read())
        .hasToString("allow_origins: [\"http://localhost:*\"]\nmax_age: 3600");
    assertThat(settings.properties("corsac.cors=off").read()).isSameAs(Cors.off());
    assertThat(settings.properties("corsac.cors.max-age=7200").read())
        .hasToString("allow_origins: [\"http://localhost:*\"]\nmax_age: 7200");
  }

  @Test
  void routes_inProperties() {
    assertThat(
            new Settings()
                .properties(
                    "corsac.cors.allow-origins=https://example.com",
                    "corsac.routes[0].path=/public/**",
                    "corsac.routes[0].cors.allow-origins=*",
                    "corsac.routes[1].path=/internal/**",
                    "corsac.routes[1].cors=off",
                    "corsac.routes[2].path=/api")
                .read())
        .hasToString(ROUTES);
  }

  @Test
  void routes_inYaml_whoseOffIsFalse() {
    assertThat(
            new Settings()
                .yaml(
                    """
                    corsac:
                      cors: {allow-origins: "https://example.com", enforce: off}
                      routes:
                        - path: /public/**
                          cors: {allow-origins: "*"}
                        - path: /internal/**
                          cors: off
                        - path: /api
                    """)
                .read())
        .hasToString(ROUTES);
  }

  @Test
  void routes_inVariables() {
    Settings settings =
        new Settings()
            .properties("corsac.routes[0].path=/never", "corsac.routes[1].path=/this")
            .variables(
                Map.of(
                    "CORSAC_ROUTES_0_PATH", "/public/**",
                    "CORSAC_ROUTES_0_CORS_ALLOWORIGINS", "*"));

    assertThat(settings.read().toString())
        .startsWith("routes:\n  - path: \"/public/**\"\n    cors:\n      allow_origins: [\"*\"]")
        .doesNotContain("/never", "/this");
  }

  private static final String ROUTES =
      """
      routes:
        - path: "/public/**"
          cors:
            allow_origins: ["*"]
        - path: "/internal/**"
          cors:
            off
        - path: "/api"
          cors:
            allow_origins: ["https://example.com"]
        - path: "/**"
          cors:
            allow_origins: ["https://example.com"]""";

  @ParameterizedTest
  @CsvSource({"600, 600", "10m, 600", "PT10M, 600", "1h, 3600", "0, 0", "3600000ms, 3600"})
  void maxAge(String written, String seconds) {
    assertThat(
            new Settings()
                .properties(
                    "corsac.cors.allow-origins=https://example.com",
                    "corsac.cors.max-age=" + written)
                .read()
                .toString())
        .endsWith("max_age: " + seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "1500ms", "10 minutes", "ten", "10x", "3600.5"})
  void maxAge_thatIsNone(String written) {
    assertThat(new Settings().properties("corsac.cors.max-age=" + written).errors())
        .singleElement()
        .hasToString(
            "corsac.cors.max-age: \""
                + written
                + "\" is not a whole number."
                + " Fix: Write seconds, such as max-age: 3600. [wrong-type]");
  }

  @Test
  void everyErrorAtOnce_eachAtItsProperty() {
    Settings settings =
        new Settings()
            .properties(
                "corsac.cors.allow-origins=https://example.com, https://example.com/",
                "corsac.cors.allow-methods[0]=TRACE",
                "corsac.cors.allow-credentials=yes",
                "corsac.cors.allow-origin-regex=https://.*",
                "corsac.cors.preflight-status=404",
                "corsac.routes[0].cors.allow-origins=*",
                "corsac.routes[0].cors.allow-credentials=true",
                "corsac.routes[0].shadow.max-age=-1",
                "corsac.routes[1].path=nowhere",
                "corsac.shadow.allow-origins=https://example.com/",
                "corsac.shadow.enforce=perhaps",
                "corsac.routes[3].path=/x");

    assertThat(settings.errors())
        .extracting(Finding::where)
        .containsExactlyInAnyOrder(
            "corsac.cors.allow-origins[1]",
            "corsac.cors.allow-methods[0]",
            "corsac.cors.allow-credentials",
            "corsac.cors.allow-origin-regex",
            "corsac.cors.preflight-status",
            "corsac.routes[0]",
            "corsac.routes[0].cors.allow-origins[0]",
            "corsac.routes[0].shadow.max-age",
            "corsac.routes[1].path",
            "corsac.shadow.allow-origins[0]",
            "corsac.shadow.enforce",
            "corsac.routes[2]");
    assertThat(settings.errors())
        .extracting(Finding::fix)
        .contains("List the origins that need credentials, or set allow-credentials: false.");
  }

  @ParameterizedTest
  @CsvSource({
    "corsac.cors.allow-orgins, allow-origins",
    "corsac.cors.allow-orgins[0], allow-origins",
    "corsac.cors.allowedOrigins, allow-origins",
    "corsac.cors.allowed-origin-patterns, allow-origins",
    "corsac.cors.exposed-headers, expose-headers",
    "corsac.cors.maxage.x, max-age",
    "corsac.routes[0].cors.max-agee, max-age",
    "corsac.routes[0].pth, path",
    "corsac.crs.allow-origins, cors",
    "corsac.route[0].path, routes",
    "corsac.shadwo.allow-origins, shadow",
    "corsac.shadow.allow-orgins, allow-origins",
    "corsac.routes[0].shaddow.allow-origins, shadow"
  })
  void unknownKey_saysWhatWasMeant(String name, String meant) {
    assertThat(
            new Settings()
                .properties("corsac.routes[0].path=/x", name + "=https://example.com")
                .errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.rule()).isEqualTo(FileRule.UNKNOWN_KEY);
              assertThat(name).startsWith(error.where());
              assertThat(error.message()).endsWith("; did you mean " + meant + "?");
              assertThat(error.fix()).isEqualTo("Write " + meant + ".");
            });
  }

  @Test
  void aValueThatLooksLikeAKeyIsShownAsItIs() {
    assertThat(
            new Settings().properties("corsac.cors.allow-methods=max_age,allow_origins,@").errors())
        .singleElement()
        .extracting(Finding::where)
        .isEqualTo("corsac.cors.allow-methods[2]");
    assertThat(
            new Settings()
                .properties(
                    "corsac.cors.allow-origins=https://example.com",
                    "corsac.cors.allow-methods=max_age")
                .warnings())
        .extracting(Finding::message)
        .containsExactly("\"max_age\" allows exactly that spelling; methods are case-sensitive.");
  }

  @Test
  void keysInTheWrongPlace() {
    assertThat(new Settings().properties("corsac.allow-origins=*", "corsac.listen=1").errors())
        .extracting(Finding::where, Finding::fix)
        .containsExactlyInAnyOrder(
            tuple("corsac.allow-origins", "Move it below cors:."),
            tuple("corsac.listen", "The keys are cors, shadow, routes, hosts."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"corsac.routes", "corsac.routes.public.path"})
  void routesThatAreNoList(String name) {
    assertThat(new Settings().properties(name + "=/public/**").errors())
        .singleElement()
        .hasToString(
            "corsac.routes: \"routes\" is a list."
                + " Fix: Write a route a line, each as - path: /api/**. [wrong-type]");
    assertThat(new Settings().yaml("corsac: {routes: []}").errors()).isEmpty();
  }

  @Test
  void placeholders() {
    Settings settings =
        new Settings()
            .properties(
                "origins=https://example.com,https://example.org",
                "corsac.cors.allow-origins=${origins}",
                "corsac.cors.max-age=${age:3600}");
    assertThat(settings.read())
        .hasToString(
            "allow_origins: [\"https://example.com\", \"https://example.org\"]\nmax_age: 3600");

    assertThat(new Settings().properties("corsac.cors.allow-origins=${ORIGINS}").errors())
        .singleElement()
        .hasToString(
            "corsac.cors.allow-origins[0]: The environment has no ORIGINS."
                + " Fix: Set it, or give a default: ${ORIGINS:...}. [missing-variable]");
    assertThat(new Settings().properties("corsac.cors.allow-origins=https://${}").errors())
        .extracting(Finding::fix)
        .containsExactly("Write ${NAME} or ${NAME:default}.");
  }

  @Test
  void warnings_areNotErrors_andDevelopmentHasFewer() {
    Settings settings =
        new Settings()
            .properties("corsac.cors.allow-origins=http://localhost:*", "corsac.cors.explain=true");

    assertThat(settings.warnings())
        .extracting(Finding::where)
        .containsExactlyInAnyOrder("corsac.cors.explain", "corsac.cors.allow-origins[0]");
    assertThat(settings.profile("development").warnings()).isEmpty();
  }

  @Test
  void nothing_isOff() {
    assertThat(new Settings().read()).isSameAs(Cors.off());
    assertThat(new Settings().properties("corsac.cors=off").read()).isSameAs(Cors.off());
    assertThat(new Settings().properties("corsac.cors.allow-origins=").warnings())
        .extracting(Finding::rule)
        .isEqualTo(List.of(PolicyRule.NO_ORIGIN_ALLOWED));
  }
}
