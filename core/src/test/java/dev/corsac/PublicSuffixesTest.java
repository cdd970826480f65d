package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicSuffixesTest {
  @ParameterizedTest
  @CsvSource({
    "example.com,           example.com",
    "app.example.com,       example.com",
    "a.b.example.co.uk,     example.co.uk",
    "example.co.uk,         example.co.uk",
    "co.uk,                 co.uk",
    "com,                   com",
    "localhost,             localhost",
    "alice.github.io,       alice.github.io",
    "www.alice.github.io,   alice.github.io",
    "github.io,             github.io",
    "a.unknown-tld-xyz,     a.unknown-tld-xyz",
    "a.b.c.kawasaki.jp,     b.c.kawasaki.jp",
    "a.city.kawasaki.jp,    city.kawasaki.jp",
    "127.0.0.1,             127.0.0.1",
    "[::1],                 [::1]",
    "a.host1,               a.host1",
    "b.a.host1,             a.host1",
    "www.example.com.,      example.com.",
    "com.,                  com.",
    "'',                    ''",
    "..,                    ..",
    "a..,                   a..",
  })
  void registrableDomainIsTheSuffixAndOneLabelMore(String host, String domain) {
    assertThat(PublicSuffixes.registrableDomain(host)).isEqualTo(domain);
  }
}
