package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    "/%70ublic/x, public"
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
    "http://h/public"
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
                  .allMatch(finding -> finding.rule() == Rule.ROUTE_PATH);
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
