package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.Severity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Origins that come from elsewhere than the policy, and what policies demand of them. */
class AllowedOriginsTest {
  private static final String SHOP = "https://shop.example";

  private static AllowedOrigins of(OriginTerms terms, String... origins) {
    AllowedOrigins.Builder builder = AllowedOrigins.builder(terms, origins.length);
    for (String origin : origins) {
      builder.add(origin);
    }
    return builder.build();
  }

  @Test
  void originsAndPatterns() {
    AllowedOrigins origins =
        of(OriginTerms.strict(), SHOP, SHOP, "https://*.tenants.example", "http://localhost:*");
    assertThat(origins.size()).isEqualTo(3);
    assertThat(origins).hasToString("3 origins");
    assertThat(origins.allows(SHOP)).isTrue();
    assertThat(origins.allows("https://a.b.tenants.example")).isTrue();
    assertThat(origins.allows("http://localhost:5173")).isTrue();
    assertThat(origins.allows("https://tenants.example")).isFalse();
    assertThat(origins.allows("https://shop.example.evil")).isFalse();
    assertThat(of(OriginTerms.strict())).hasToString("0 origins");
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/, ORIGIN_PATH",
    "https://A.example, ORIGIN_UPPER_CASE",
    "a.example, ORIGIN_SYNTAX",
    "*, ANY_ORIGIN_CREDENTIALS",
    "null, NULL_ORIGIN",
    "http://a.example, INSECURE_ORIGIN_CREDENTIALS",
    "https://*.github.io, PUBLIC_SUFFIX_CREDENTIALS"
  })
  void leavesOutWhatTheTermsRefuse(String origin, PolicyRule rule) {
    AllowedOrigins.Builder builder = AllowedOrigins.builder(OriginTerms.strict(), 1);
    List<Finding> findings = builder.add(origin);
    assertThat(findings).extracting(Finding::rule).contains(rule);
    assertThat(findings).extracting(Finding::severity).contains(Severity.ERROR);
    AllowedOrigins none = builder.build();
    assertThat(none.size()).isZero();
    assertThat(none.allows(origin)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a.example", "https://*.github.io", "*"})
  void withoutCredentialsLessIsDangerous(String origin) {
    AllowedOrigins origins = of(OriginTerms.strict().withoutCredentials(), origin);
    assertThat(origins.size()).isEqualTo(1);
    assertThat(origins.allows(origin.replace("*.", "x."))).isTrue();
  }

  @Test
  void acceptedDangers() {
    OriginTerms terms = OriginTerms.strict().dangerouslyAllow(Risk.INSECURE_ORIGINS);
    assertThat(of(terms, "http://a.example").allows("http://a.example")).isTrue();
    assertThat(terms).hasToString("with credentials, insecure_origins accepted");
    assertThat(terms)
        .isEqualTo(OriginTerms.strict().dangerouslyAllow(Risk.INSECURE_ORIGINS))
        .isNotEqualTo(OriginTerms.strict());
  }

  @Test
  void nullComesFromThePolicyAlone() {
    OriginTerms terms = OriginTerms.strict().dangerouslyAllow(Risk.NULL_ORIGIN);
    assertThat(terms.check("null")).extracting(Finding::severity).containsExactly(Severity.ERROR);
    assertThat(of(terms, "null").allows("null")).isFalse();
  }

  @Test
  void ends() {
    Instant now = Instant.now();
    AllowedOrigins.Builder builder = AllowedOrigins.builder(OriginTerms.strict(), 0);
    builder.add(SHOP, now.minusMillis(1));
    builder.add("https://later.example", now.plusSeconds(3600));
    builder.add("https://*.past.example", Instant.MIN);
    builder.add("https://*.far.example", Instant.MAX);
    builder.add("https://both.example", Instant.MIN);
    builder.add("https://both.example");
    AllowedOrigins origins = builder.build();
    assertThat(origins.allows(SHOP)).isFalse();
    assertThat(origins.allows("https://later.example")).isTrue();
    assertThat(origins.allows("https://a.past.example")).isFalse();
    assertThat(origins.allows("https://a.far.example")).isTrue();
    assertThat(origins.allows("https://both.example")).isTrue();
    assertThat(origins.size()).as("of those that are not over").isEqualTo(3);
  }

  @Test
  void anyOriginEnds() {
    OriginTerms open = OriginTerms.strict().withoutCredentials();
    AllowedOrigins.Builder builder = AllowedOrigins.builder(open, 0);
    builder.add("*", Instant.MIN);
    assertThat(builder.build().allows(SHOP)).isFalse();
    builder.add("*", Instant.now().plusSeconds(3600));
    AllowedOrigins any = builder.build();
    assertThat(any.allows(SHOP)).isTrue();
    assertThat(any.size()).isEqualTo(1);
    assertThat(builder.remove("*")).isTrue();
    assertThat(builder.remove("*")).isFalse();
    assertThat(builder.build().allows(SHOP)).isFalse();
    assertThat(any.allows(SHOP)).isTrue();
  }

  @Test
  void changes_leaveTheSetBeforeAsItWas() {
    AllowedOrigins before = of(OriginTerms.strict(), SHOP, "https://*.tenants.example");
    AllowedOrigins.Builder builder = before.toBuilder();
    assertThat(builder.remove(SHOP)).isTrue();
    assertThat(builder.remove("https://*.tenants.example")).isTrue();
    for (String odd : List.of("://*.:*", "", "x:*", "*.", "]:*", "[:*")) {
      assertThat(builder.remove(odd)).as(odd).isFalse();
    }
    assertThat(builder.add("http://plain.example")).isNotEmpty();
    builder.add("https://fair.example");
    AllowedOrigins after = builder.build();
    builder.add("https://even.later.example");
    assertThat(after).hasToString("1 origin");
    assertThat(after.allows("https://fair.example")).isTrue();
    assertThat(after.allows("https://even.later.example")).isFalse();
    assertThat(after.allows(SHOP)).isFalse();
    assertThat(after.allows("https://a.tenants.example")).isFalse();
    assertThat(before.allows(SHOP)).isTrue();
    assertThat(before.allows("https://a.tenants.example")).isTrue();
    assertThat(before.allows("https://fair.example")).isFalse();
  }

  /** Who comes from a source reads and acts as who is listed does. */
  @ParameterizedTest
  @CsvSource({
    // With credentials, who may read may act.
    "true, https://shop.example, sid=1, true",
    "true, https://other.example, sid=1, false",
    // Without, only as nobody in particular.
    "false, https://shop.example, sid=1, false",
    "false, https://shop.example, , true",
    "false, https://forms.example, sid=1, true"
  })
  void actsAsListedOriginsDo(boolean credentials, String origin, String cookie, boolean acts) {
    OriginTerms terms =
        credentials ? OriginTerms.strict() : OriginTerms.strict().withoutCredentials();
    CorsRequest request =
        cookie == null
            ? Request.of("POST", "Origin", origin)
            : Request.of("POST", "Origin", origin, "Cookie", cookie);
    Decision dynamic =
        acting(credentials).allowOriginsFrom(of(terms, SHOP)).build().decide(request);
    assertThat(dynamic instanceof Decision.Proceed).isEqualTo(acts);
    Decision listed = acting(credentials).allowOrigins(SHOP).build().decide(request);
    assertThat(dynamic.reason()).isEqualTo(listed.reason());
  }

  private static CorsPolicy.Builder acting(boolean credentials) {
    return CorsPolicy.builder()
        .allowCredentials(credentials)
        .enforce(Enforcement.UNSAFE)
        .trustOrigins("https://forms.example");
  }
}
