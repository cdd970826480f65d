package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
  private static final Hosts HOSTS =
      Hosts.of("api.example.com", "*.tenants.example.com", "localhost:8443", "[::1]", "a.b:443");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.example.com",
        "api.example.com:80",
        "api.example.com:65000",
        "api.example.com:",
        "API.EXAMPLE.COM",
        "api.example.com.",
        "api.example.com.:8080",
        "x.tenants.example.com",
        "x.y.tenants.example.com:1",
        "localhost:8443",
        "[::1]",
        "[::1]:9",
        "a.b",
        "a.b:443"
      })
  void names(String authority) {
    assertThat(HOSTS.contains(authority)).isTrue();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "evil.test",
        "xapi.example.com",
        "api.example.com.evil.test",
        "api.example.comx",
        "tenants.example.com",
        ".tenants.example.com",
        "..tenants.example.com",
        "evil/.tenants.example.com",
        "evil@x.tenants.example.com",
        "evil:80:x.tenants.example.com",
        "localhost",
        "localhost:8444",
        "localhost:08443",
        "[::1",
        "[::1]x",
        "::1",
        "api.example.com:x",
        "api.example.com:80:80",
        "api.example.com:123456",
        "api.example.com..",
        "api.example.com,evil.test",
        "api.example.com evil.test",
        "api.example.com\u0000",
        "evil.test\u0000.tenants.example.com",
        "a.b:8443"
      })
  void otherNames(String authority) {
    assertThat(HOSTS.contains(authority)).isFalse();
  }

  /** What is written down by hand: split at the last colon, compare each entry. */
  private static boolean naive(List<String> names, String authority) {
    String lower = authority.toLowerCase(Locale.ROOT);
    for (String name : names) {
      for (String port : List.of("", ":", ":1", ":80", ":81", ":443", ":8000")) {
        for (String dot : List.of("", ".")) {
          boolean anyPort = !name.contains(":");
          String host = anyPort ? name : name.substring(0, name.indexOf(':'));
          boolean samePort = anyPort || name.endsWith(":" + port.replace(":", ""));
          boolean noPort = port.length() < 2 && (name.endsWith(":80") || name.endsWith(":443"));
          if (anyPort || (samePort && port.length() > 1) || noPort) {
            if (host.startsWith("*.")) {
              String end = host.substring(1) + dot + port;
              if (lower.endsWith(end)
                  && lower
                      .substring(0, lower.length() - end.length())
                      .matches("[a-z]+(\\.[a-z]+)*")) {
                return true;
              }
            } else if (lower.equals(host + dot + port)) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }

  @Property(tries = 2000)
  void sameAsTheNaiveComparison(
      @ForAll("entries") List<String> names, @ForAll("authorities") String authority) {
    assertThat(Hosts.of(names).contains(authority)).isEqualTo(naive(names, authority));
  }

  @Provide
  Arbitrary<List<String>> entries() {
    return Arbitraries.of("a", "a.b", "*.a.b", "b.a:80", "a:8000", "*.b:443", "c.a.b:1")
        .list()
        .uniqueElements()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<String> authorities() {
    Arbitrary<String> hosts =
        Arbitraries.of("a", "A", "b", "c")
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(x -> String.join(".", x));
    Arbitrary<String> ends =
        Arbitraries.of("", ".", ":", ":1", ":80", ":443", ":8000", ".:80", ":81");
    return hosts.flatMap(host -> ends.map(end -> host + end));
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com/, api.example.com",
    "API.example.com, api.example.com",
    "::1, [::1]",
    "example.com:*, example.com",
    "example.com., example.com"
  })
  void prohibited_saysWhatWasMeant(String name, String meant) {
    assertThat(Hosts.findings(List.of(name)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule().id()).isEqualTo("host-syntax");
              assertThat(finding.fix()).isEqualTo("Write \"" + meant + "\".");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "a b",
        "api.*.com",
        "*",
        "a:0",
        "a:65536",
        "münchen.example",
        "a@b",
        "[::1",
        "1.2.3"
      })
  void prohibited(String name) {
    assertThatThrownBy(() -> Hosts.of("ok.example", name))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("hosts[1]");
  }

  @Test
  void noNameAtAll_isAnError() {
    assertThatThrownBy(Hosts::of).hasMessageContaining("There is no name");
  }

  @Test
  void guard_refusesBeforeAnythingElse() {
    Cors cors =
        Hosts.of("api.example.com").guard(CorsRoutes.builder().route("/x/**", Cors.off()).build());
    Decision decision = cors.decide(Request.at("GET", "/x/%2e%2e/y", "Host", "evil.test"));

    assertThat(decision).isInstanceOf(Decision.Answer.class);
    assertThat(((Decision.Answer) decision).status()).isEqualTo(421);
    assertThat(decision.reason()).isEqualTo(Reason.HOST_NOT_ALLOWED);
    assertThat(decision.describe(Request.at("GET", "/", "Host", "evil\n.test")))
        .isEqualTo("host-not-allowed; host=\"evil\\u000a.test\"");
    assertThat(cors.decide(Request.at("GET", "/x/y", "Host", "api.example.com")).reason())
        .isEqualTo(Reason.NO_POLICY);
    assertThat(cors).asString().startsWith("hosts: [\"api.example.com\"]\nroutes:");
  }

  @Test
  void severalHostLines_areNoName() {
    CorsRequest two =
        CorsRequest.of(
            "GET",
            "/",
            name -> name.equals("Host") ? List.of("api.example.com", "evil.test") : List.of());
    assertThat(CorsPolicy.builder().hosts("api.example.com").build().decide(two).reason())
        .isEqualTo(Reason.HOST_NOT_ALLOWED);
  }
}
