package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathRoutesTest {
  private static final PathRoutes<String> ROUTES =
      PathRoutes.builder("none", "ambiguous")
          .add("/public/**", "public")
          .add("/admin/**", "admin")
          .add("/items/*/owner", "owner")
          .add("/login", "login")
          .build();

  @Test
  void corsRoutes_printAsTheyAreWritten() {
    CorsRoutes routes =
        CorsRoutes.builder()
            .route(
                "/public/**",
                CorsPolicy.builder().allowAnyOrigin().maxAge(Duration.ofHours(1)).build())
            .route("/internal", Cors.off())
            .route("/**", CorsPolicy.builder().build())
            .build();

    assertThat(routes.toString())
        .isEqualTo(
            """
            routes:
              - path: "/public/**"
                cors:
                  allow_origins: ["*"]
                  max_age: 3600
              - path: "/internal"
                cors:
                  off
              - path: "/**"
                cors:
                  {}\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "/public, public",
    "/public/, public",
    "/public/a/b, public",
    "/publicity, none",
    "/items/7/owner, owner",
    "/items//owner, none",
    "/items/7/8/owner, none",
    "/login, login",
    "/login/, login",
    "/login/x, none",
    "/, none",
    "*, none",
    "/public/a%20b, public",
    "/public/%E2%82%AC, public",
    "/public/a;v=1, public",
    "/public/.well-known, public",
    "/other/a%2Fb, none",
    "/other//x, none",
    "/other/./x, none",
    "/public/a%2Fb, public",
    "/items/a%2Db/owner, owner",
    "/public/Mixed, public",
    "/public/100%25, public",
    "/public/C%23/x%3Fy, public",
    "/public/caf%e9, public",
    "/public/proxy/https%3A%2F%2Fh.example%2Fa%2F..%2Fb, public",
    "/public/https%3A%2F%2Fh.example%2F~a%2Fb.html%3Fq%3D1%26r%3Da%2520b%23c;v=1, public",
    "/public/a., public",
    "/other//x/y, none",
    "//other/x, none",
    "/..., none",
    "/items/v1:batchGet/owner, owner"
  })
  void find(String path, String target) {
    assertThat(ROUTES.find(path)).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource({
    "/public/../admin",
    "/public/%2e%2e/admin",
    "/public/..%2fadmin",
    "/public/..;/admin",
    "/public/..;x=1/admin",
    "//admin",
    "/./admin",
    "/x/../admin",
    "/admin;x",
    "/ADMIN",
    "/Admin/x",
    "/public\\..\\admin",
    "/public/%5c../admin",
    "/public/..%5Cadmin",
    "/items/a%2Fb/owner",
    "/public%2Fx",
    "/public//../../admin",
    "/%2e/admin",
    "/public/%00",
    "/public/%zz",
    "/public/%",
    "public",
    "''",
    "/public/a b",
    "/public#/../admin",
    "/public?/x",
    "http://h/public",
    "/%70ublic/x",
    "//x/admin",
    "//x@y:80/admin",
    "//[::1]/admin",
    "///x/admin",
    "///x//admin",
    "/\\x/admin",
    "/%5cx/admin",
    "/%2fx/admin",
    "/%2f%2fx%5cadmin",
    "/.//x/admin",
    "/y/..//x/admin",
    "//public/x",
    "/;x/y/admin",
    "/public/%252e%252e/admin",
    "/public/..%252fadmin",
    "/%25252561dmin",
    "/public/%c0%ae%c0%ae/admin",
    "/public/..%e0%80%afadmin",
    "/public/..%f0%80%81%9cadmin",
    "/public/..%ef%bc%8fadmin",
    "/admin%ef%bc%8fx",
    "/%ef%bd%81dmin",
    "/adm%c4%b1n",
    "/public/\uff0e\uff0e/admin",
    "/public/%u002e%u002e/admin",
    "/login;/x",
    "/login%3b/x",
    "/login%3fx",
    "/login%23x",
    "/login%2500x",
    "/admin./x",
    "/admin%20/x",
    "/public/..%20/admin",
    "/admin::$INDEX_ALLOCATION/x",
    "/admin:$i30:$INDEX_ALLOCATION/x"
  })
  void find_pathsOfTwoReadings(String path) {
    assertThat(ROUTES.find(path)).isEqualTo("ambiguous");
  }

  @Test
  void find_dotsAboveTheRoot_stayAtTheRoot() {
    assertThat(ROUTES.find("/../../x")).isEqualTo("none");
    assertThat(ROUTES.find("/../admin")).isEqualTo("ambiguous");
  }

  @Test
  void find_theServerAsAWhole_isUnderAllOrNone() {
    assertThat(ROUTES.find("*")).isEqualTo("none");
    assertThat(PathRoutes.builder("none", "").add("/**", "all").build().find("*")).isEqualTo("all");
    assertThat(PathRoutes.builder("", "ambiguous").add("/*", "one").build().find("*"))
        .isEqualTo("ambiguous");
  }

  @Test
  void find_moreReadingsThanAreLookedAt() {
    assertThat(ROUTES.find("/public" + "/%C3%A9".repeat(1000))).isEqualTo("public");
    assertThat(ROUTES.find("/public" + "/%2f;%252e\\".repeat(1000))).isEqualTo("ambiguous");
    assertThat(ROUTES.find("/public/" + "a".repeat(100_000))).isEqualTo("public");
  }

  @ParameterizedTest
  @CsvSource({
    "/a%2Fb?c=/d, /a%2Fb",
    "//h/a, //h/a",
    "/a#b?c, /a#b",
    "http://h/a?b=c, /a",
    "HTTPS://u@[::1]:8443//x/a, //x/a",
    "http://h, /",
    "http://h?a=b, /",
    "*, *",
    "'', ''",
    "a/b, ''",
    "?/a, ''",
    "\\\\x\\a, ''",
    "mailto:a/b, ''",
    "http:/a, ''",
    "http:///a, ''",
    "http://?/a, ''",
    "http://h?/a, ''",
    "http://h\\a/b, ''",
    "http://h#/a, ''",
    "1://h/a, ''",
    "a/b://h/c, ''"
  })
  void pathOf(String target, String path) {
    assertThat(CorsRequest.pathOf(target)).isEqualTo(path);
  }

  @Test
  void build_namesEveryWrongPattern() {
    assertThatThrownBy(
            () ->
                PathRoutes.builder("", "")
                    .add("api", "")
                    .add("/a*", "")
                    .add("/a/**/b", "")
                    .add("/a//b", "")
                    .add("/a/../b", "")
                    .add("/a;b", "")
                    .add("/a%2Fb", "")
                    .build())
        .isInstanceOfSatisfying(
            InvalidPolicyException.class,
            e -> {
              assertThat(e.findings())
                  .hasSize(7)
                  .allMatch(finding -> finding.rule() == PolicyRule.ROUTE_PATH);
              assertThat(e.findings().get(6).where()).isEqualTo("routes[6].path");
            });
  }

  @Test
  void findings_routesThatAreNeverReached() {
    PathRoutes<String> routes =
        PathRoutes.builder("", "")
            .add("/a/**", "1")
            .add("/a/b", "2")
            .add("/a/*/c/**", "3")
            .add("/b", "4")
            .build();
    assertThat(routes.findings())
        .extracting(Finding::where)
        .containsExactly("routes[1].path", "routes[2].path");
  }

  @Test
  void corsRoutes_firstMatchDecides() {
    CorsPolicy open = CorsPolicy.builder().allowAnyOrigin().build();
    CorsPolicy strict = CorsPolicy.builder().allowOrigins("https://a.example").build();
    Cors cors =
        CorsRoutes.builder()
            .route("/public/**", open)
            .route("/off/**", Cors.off())
            .route("/api/**", strict)
            .build();
    assertThat(
            Response.of(cors, Request.at("GET", "/public/x", "Origin", "https://b.example"))
                .get("Access-Control-Allow-Origin"))
        .isEqualTo("*");
    assertThat(cors.decide(Request.at("GET", "/api/x", "Origin", "https://b.example")).reason())
        .isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
    assertThat(cors.decide(Request.at("GET", "/off/x")).reason()).isEqualTo(Reason.NO_POLICY);
    assertThat(cors.decide(Request.at("GET", "/elsewhere")).reason()).isEqualTo(Reason.NO_POLICY);
    Decision ambiguous =
        cors.decide(Request.at("GET", "/public/../api", "Origin", "https://a.example"));
    assertThat(((Decision.Answer) ambiguous).status()).isEqualTo(400);
  }
}
