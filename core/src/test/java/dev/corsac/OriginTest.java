package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.SettingPath;
import dev.corsac.origin.OriginSyntax;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "http://localhost:3000",
        "https://a.b.c.d.example.com:8443",
        "https://127.0.0.1",
        "https://[::1]:8080",
        "https://[2001:db8::1]",
        "capacitor://localhost",
        "chrome-extension://abcdefghijklmnop",
        "moz-extension://0f9c2a4e-1111-2222-3333-444455556666",
        "https://under_score.example",
        "https://xn--mnchen-3ya.example",
        "https://single",
        "http://example.com:443",
        "https://1.example",
        "https://example.com.",
        "http://localhost.:3000",
        "app://.",
        "qrc://",
        "safari-web-extension://8F9A1B2C-0000-4000-8000-0123456789AB",
        "app://1"
      })
  void parse_roundTrips(String text) {
    assertThat(Origin.parse(text)).hasToString(text);
    assertThat(Origin.tryParse(text)).isPresent();
  }

  @Test
  void sameIffSchemeHostAndPortAre() {
    assertThat(Origin.parse("http://localhost:3000"))
        .isNotEqualTo(Origin.parse("http://localhost:3001"));
    assertThat(Origin.parse("http://example.com"))
        .isNotEqualTo(Origin.parse("https://example.com"));
    assertThat(Origin.parse("https://example.com"))
        .isEqualTo(new Origin("https", "example.com", 443));
    assertThat(Origin.parse("capacitor://localhost"))
        .isEqualTo(new Origin("capacitor", "localhost", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/, ORIGIN_PATH, https://example.com",
    "https://example.com/a?b#c, ORIGIN_PATH, https://example.com",
    "example.com, ORIGIN_SYNTAX, https://example.com",
    "localhost:3000, ORIGIN_SYNTAX, http://localhost:3000",
    "//example.com, ORIGIN_SYNTAX, https://example.com",
    "*.example.com, ORIGIN_SYNTAX, https://*.example.com",
    "wss://example.com, ORIGIN_SYNTAX, https://example.com",
    "https://EXAMPLE.com, ORIGIN_UPPER_CASE, https://example.com",
    "HTTPS://example.com:443/, ORIGIN_UPPER_CASE, https://example.com",
    "https://example.com:443, ORIGIN_DEFAULT_PORT, https://example.com",
    "http://example.com:80, ORIGIN_DEFAULT_PORT, http://example.com",
    "https://user:pw@example.com, ORIGIN_USER_INFO, https://example.com",
    "https://münchen.example, ORIGIN_UNICODE, https://xn--mnchen-3ya.example",
    "'https://*.example.com:[8080,8081]', ORIGIN_SEVERAL, 'https://*.example.com:8080\", \"https://*.example.com:8081'",
    "'https://*.example.com:[443]', ORIGIN_PORT, 'https://*.example.com'",
    "'https://example.com:[*]', ORIGIN_WILDCARD, 'https://example.com:*'",
    "'https://[::1]:[8080]', ORIGIN_PORT, 'https://[::1]:8080'",
    "safari-web-extension://8F9A/x, ORIGIN_PATH, safari-web-extension://8F9A",
    "'https://[2001:DB8::1]', ORIGIN_UPPER_CASE, 'https://[2001:db8::1]'",
    "'https://[2001:db8:0:0:0:0:0:1]', ORIGIN_IP_ADDRESS, 'https://[2001:db8::1]'",
    "'https://[::ffff:1.2.3.4]', ORIGIN_IP_ADDRESS, 'https://[::ffff:102:304]'",
  })
  void mistakes_thatHaveAnObviousCorrection(String entry, PolicyRule rule, String correction) {
    Finding finding = OriginAdvice.finding(rule, entry, SettingPath.of("allow_origins").index(0));
    assertThat(OriginSyntax.check(entry, true)).isEqualTo(rule);
    assertThat(finding.fix()).contains('"' + correction + '"');
  }

  @ParameterizedTest
  @CsvSource({
    "'', ORIGIN_SYNTAX",
    "https://, ORIGIN_HOST",
    "://example.com, ORIGIN_SYNTAX",
    "https:example.com, ORIGIN_SYNTAX",
    "https://example.com:0, ORIGIN_PORT",
    "https://example.com:65536, ORIGIN_PORT",
    "https://example.com:, ORIGIN_PORT",
    "https://example.com:080, ORIGIN_PORT",
    "https://example.com:8a, ORIGIN_PORT",
    "https://a..b, ORIGIN_HOST",
    "https://example.com.., ORIGIN_HOST",
    "https://., ORIGIN_HOST",
    "app://.., ORIGIN_HOST",
    "app://.a, ORIGIN_HOST",
    "app://.:80, ORIGIN_HOST",
    "App://a, ORIGIN_UPPER_CASE",
    "https://127.0.0.1., ORIGIN_IP_ADDRESS",
    "https://.example.com, ORIGIN_HOST",
    "https://exa`mple.com, ORIGIN_HOST",
    "https://256.1.1.1, ORIGIN_IP_ADDRESS",
    "https://1.2.3, ORIGIN_IP_ADDRESS",
    "https://0x7f.1, ORIGIN_IP_ADDRESS",
    "https://[::1, ORIGIN_IP_ADDRESS",
    "'https://[::1]x', ORIGIN_HOST",
    "https://*, ORIGIN_WILDCARD",
    "https://*example.com, ORIGIN_WILDCARD",
    "https://ex*mple.com, ORIGIN_WILDCARD",
    "https://*.*.example.com, ORIGIN_WILDCARD",
    "https://example.*, ORIGIN_WILDCARD",
    "https://*.1.2.3.4, ORIGIN_WILDCARD",
    "h*, ORIGIN_SYNTAX",
    "*://example.com, ORIGIN_WILDCARD",
    "http*://example.com, ORIGIN_WILDCARD",
    "https://example.com:80*, ORIGIN_WILDCARD",
    "https://a.example https://b.example, ORIGIN_SEVERAL",
    "'https://a.example,https://b.example', ORIGIN_SEVERAL",
    "null, NULL_ORIGIN",
    "file://, NULL_ORIGIN",
    "file:///etc, NULL_ORIGIN",
  })
  void mistakes_ofWhichOneCannotGuessMore(String entry, PolicyRule rule) {
    assertThat(OriginSyntax.check(entry, true)).isEqualTo(rule);
    assertThatThrownBy(() -> Origin.parse(entry)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Origin.tryParse(entry)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example.co.uk:8443, https://example.co.uk, false",
    "http://example.com, http://example.com, false",
    "https://alice.github.io, https://alice.github.io, false",
    "http://localhost:3000, http://localhost, true",
    "http://app.localhost, http://app.localhost, true",
    "https://127.8.0.1, https://127.8.0.1, true",
    "https://[::1]:8080, https://[::1], true",
    "https://localhost.example.com, https://example.com, false",
    "https://127.0.0.1.example, https://1.example, false",
    "https://10.0.0.1, https://10.0.0.1, false",
  })
  void siteAndLoopback(String origin, String site, boolean loopback) {
    assertThat(Origin.parse(origin).site()).isEqualTo(site);
    assertThat(Origin.parse(origin).isLoopback()).isEqualTo(loopback);
  }

  @Test
  void longHosts() {
    String label = "a".repeat(63);
    String host = String.join(".", label, label, label, "b".repeat(61));
    assertThat(Origin.parse("https://" + host + ":65535").host()).hasSize(253);
    for (String tooLong : List.of("https://" + host + "b", "https://" + label + "a.example")) {
      assertThat(OriginSyntax.check(tooLong, false)).isEqualTo(PolicyRule.ORIGIN_HOST);
    }
    for (String legal : List.of("https://" + host + ".", "https://*." + host.substring(2))) {
      assertThat(OriginSyntax.check(legal, true)).isNull();
    }
    assertThat(OriginSyntax.check("https://*." + host.substring(1), true))
        .isEqualTo(PolicyRule.ORIGIN_HOST);
    assertThat(OriginSyntax.check("https://" + "a.".repeat(30_000) + "b", false))
        .isEqualTo(PolicyRule.ORIGIN_SYNTAX);
  }

  @Test
  void constructor_checksItsParts() {
    assertThatThrownBy(() -> new Origin("https", "EXAMPLE.com", 443))
        .hasMessageContaining("upper-case")
        .hasMessageContaining("\"https://example.com\"");
    assertThatThrownBy(() -> new Origin("https", "example.com", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
