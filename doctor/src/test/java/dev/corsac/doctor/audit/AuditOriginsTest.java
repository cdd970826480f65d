package dev.corsac.doctor.audit;

import static dev.corsac.doctor.audit.Fixture.audit;
import static dev.corsac.doctor.audit.Fixture.summary;
import static dev.corsac.doctor.audit.RightServer.credentialed;
import static dev.corsac.doctor.audit.RightServer.pattern;
import static dev.corsac.doctor.audit.RightServer.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.corsac.browser.WireResponse;
import dev.corsac.doctor.audit.Fixture.Behaviour;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** For each careless comparison of origins a server that makes it, and all that is found there. */
class AuditOriginsTest {
  private static final String APP = Fixture.APP;

  static Stream<Arguments> origins() {
    return Stream.of(
        arguments("every origin", credentialed(any -> true), "critical reflected-origin"),
        arguments(
            "every origin, without credentials",
            new RightServer(any -> true, false),
            "medium reflected-origin"),
        arguments("null", credentialed(pattern("null")), "critical null-origin"),
        arguments(
            "null, without credentials",
            new RightServer(pattern("null"), false),
            "medium null-origin"),
        arguments(
            "contains", credentialed(o -> o.contains("app.example.com")), "high origin-substring"),
        arguments("startsWith", credentialed(o -> o.startsWith(APP)), "high origin-prefix"),
        arguments(
            "startsWith, without credentials",
            new RightServer(o -> o.startsWith(APP), false),
            "low origin-prefix"),
        arguments(
            "no $",
            credentialed(o -> o.matches("https://app\\.example\\.com.*")),
            "high origin-prefix"),
        arguments(
            "endsWith the site",
            credentialed(o -> o.endsWith("example.com")),
            "high origin-suffix"),
        arguments(
            "endsWith the host",
            credentialed(o -> o.endsWith("app.example.com")),
            "high origin-suffix"),
        arguments(
            "endsWith a dot and the site",
            credentialed(o -> o.endsWith(".example.com")),
            "medium insecure-origin, medium any-subdomain, low any-scheme, low origin-path"),
        arguments(
            "every name of the public suffix",
            credentialed(pattern("https://[a-z-]+\\.com")),
            "high public-suffix"),
        arguments(
            "a dot in a regular expression",
            credentialed(pattern("https://app.example\\.com")),
            "high unescaped-dot"),
        arguments(
            "a sandbox", credentialed(pattern("https://codepen\\.io")), "high shared-sandbox"),
        arguments(
            "a special character",
            credentialed(pattern("https://app\\.example\\.com[^a-z.].*")),
            "medium special-characters"),
        arguments(
            "an underscore",
            credentialed(pattern("https://app\\.example\\.com_\\..*")),
            "medium special-characters"),
        arguments(
            "a backtick, encoded",
            credentialed(pattern("https://app\\.example\\.com%60.*")),
            "medium special-characters"),
        arguments(
            "http",
            credentialed(pattern("https?://app\\.example\\.com")),
            "medium insecure-origin"),
        arguments(
            "subdomains",
            credentialed(pattern("https://([a-z-]+\\.)+example\\.com")),
            "medium any-subdomain"),
        arguments(
            "subdomains, without credentials",
            new RightServer(pattern("https://([a-z-]+\\.)+example\\.com"), false),
            "info any-subdomain"),
        arguments(
            "localhost", credentialed(pattern("http://localhost:3000")), "medium local-origin"),
        arguments(
            "a private address",
            credentialed(pattern("http://192\\.168\\..*")),
            "medium local-origin"),
        arguments(
            "ports", credentialed(pattern("https://app\\.example\\.com:\\d+")), "low any-port"),
        arguments(
            "schemes",
            credentialed(pattern("[a-z-]+://app\\.example\\.com")),
            "medium insecure-origin, low any-scheme"),
        arguments(
            "extensions", credentialed(pattern("chrome-extension://.*")), "low any-extension"),
        arguments("apps", credentialed(pattern("capacitor://localhost")), "info app-scheme"),
        arguments(
            "a list",
            credentialed(o -> List.of(o.split("[ ,]+", -1)).contains(APP)),
            "low origin-list"),
        arguments(
            "user info",
            credentialed(o -> o.replaceFirst("@.*", "").equals(APP)),
            "low origin-user-info"),
        arguments(
            "a path", credentialed(pattern("https://.*[/#?]\\.example\\.com")), "low origin-path"),
        arguments("upper case", credentialed(APP::equalsIgnoreCase), "info origin-spelling"),
        arguments(
            "a slash",
            credentialed(pattern("https://app\\.example\\.com/")),
            "info origin-spelling"),
        arguments(
            "the default port",
            credentialed(pattern("https://app\\.example\\.com:443")),
            "info origin-spelling"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("origins")
  void whatIsPlantedIsFound(String name, Behaviour behaviour, String found) throws Exception {
    assertThat(summary(audit(behaviour, APP))).as(name).isEqualTo(found);
  }

  @Test
  void tenantsOfASharedHostAreTold() throws Exception {
    String shop = "https://shop.vercel.app";
    Predicate<String> allTenants = o -> o.matches("https://[a-z-]+\\.vercel\\.app");
    assertThat(summary(audit(credentialed(allTenants), shop))).isEqualTo("high public-suffix");
    Predicate<String> previews = o -> o.matches("https://shop[a-z-]*\\.vercel\\.app");
    assertThat(summary(audit(credentialed(previews), shop))).isEqualTo("high public-suffix");
  }

  @Test
  void originsAreFoundThatNobodyNamed() throws Exception {
    AuditReport report = audit(credentialed(o -> o.startsWith(APP)));
    assertThat(report.allowed()).containsExactly(APP);
    assertThat(summary(report)).isEqualTo("high origin-prefix");

    AuditReport named =
        audit(
            asked -> {
              WireResponse answer =
                  credentialed(o -> o.startsWith("https://shop.test")).answer(asked);
              return answer.headers().contains("Access-Control-Allow-Origin")
                  ? answer
                  : with(answer, "Access-Control-Allow-Origin", "https://shop.test");
            });
    assertThat(named.allowed()).contains("https://shop.test");
    assertThat(summary(named)).isEqualTo("high origin-prefix");
  }

  @Test
  void withoutAnyAllowedOriginTheOwnSiteIsTried() throws Exception {
    AuditReport report = audit(credentialed(o -> o.matches("https://api.example\\.com..*")));
    assertThat(report.allowed()).isEmpty();
    assertThat(summary(report)).isEqualTo("high origin-prefix");
    assertThat(report.notes()).anyMatch(note -> note.contains("Name one that should be"));
  }

  @Test
  void portsAreHeldApart() throws Exception {
    String page = "http://localhost:3000";
    assertThat(summary(audit(new RightServer(o -> o.startsWith(page), true), page)))
        .isEqualTo("high origin-prefix, medium insecure-origin, medium local-origin");
  }
}
