package dev.corsac.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireRequestTest {
  @Test
  void aRequestOfAnyOriginCanBeMade() {
    WireRequest request =
        WireRequest.of(
            "GET", "https://user@api.example.com:8443/a?b#c", Headers.of("Origin", "https://a b"));
    assertThat(request).hasToString("GET https://api.example.com:8443/a?b");
    assertThat(request.header("origin")).isEqualTo("https://a b");
    assertThat(request.isPreflight()).isFalse();
    assertThat(
            WireRequest.of(
                    "OPTIONS",
                    "http://a.example",
                    Headers.of("Origin", "null", "Access-Control-Request-Method", "PUT"))
                .isPreflight())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://user@api.example.com:443/a, https://api.example.com",
    "http://[::1]:8080/, http://[::1]:8080",
    "HTTP://A.example:443?b, http://a.example:443",
  })
  void originIsThatOfTheUrl(String url, String origin) {
    assertThat(WireRequest.of("GET", url, Headers.of()).origin()).isEqualTo(origin);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, ftp://a.example, X, y, is not an http or https URL",
    "GET, a.example, X, y, is not an http or https URL",
    "G T, http://a.example, X, y, is not a method",
    "GET, http://a.example, X Y, y, is not a header",
    "GET, http://a.example, X, 'a\nb: c', is not a header",
    "GET, http://a.example, X, 'a\rb', is not a header",
    "GET, http://a.example, X, \u0100, is not a header",
  })
  void whatIsNoRequestIsRefused(String method, String url, String name, String value, String why) {
    String unescaped = value.translateEscapes();
    assertThatThrownBy(() -> WireRequest.of(method, url, Headers.of(name, unescaped)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("Write one like");
  }
}
