package dev.corsac.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadersTest {
  private static final Headers HEADERS =
      Headers.of(
          "Vary", " Accept,, \torigin ", "Allow", "GET", "allow", "PUT , ,POST", "Empty", ",");

  @Test
  void list_hasTheElementsOfAllLines() {
    assertThat(HEADERS.list("ALLOW")).containsExactly("GET", "PUT", "POST");
    assertThat(HEADERS.list("Vary")).containsExactly("Accept", "origin");
    assertThat(HEADERS.list("Empty")).isEmpty();
    assertThat(HEADERS.list("Absent")).isEmpty();
  }

  @Test
  void lists_comparesWholeElementsInAnyCase() {
    assertThat(HEADERS.lists("allow", "put")).isTrue();
    assertThat(HEADERS.lists("allow", "PU")).isFalse();
    assertThat(HEADERS.lists("Absent", "")).isFalse();
  }

  @Test
  void forbiddenRequestHeader_isTheBrowsersOwn() {
    assertThat(new Header("ORIGIN", "x").isForbiddenRequestHeader()).isTrue();
    assertThat(new Header("Sec-Fetch-Site", "x").isForbiddenRequestHeader()).isTrue();
    assertThat(new Header("X-HTTP-Method", "GET, TRACE").isForbiddenRequestHeader()).isTrue();
    assertThat(new Header("X-HTTP-Method", "GET").isForbiddenRequestHeader()).isFalse();
    assertThat(new Header("X-Custom", "TRACE").isForbiddenRequestHeader()).isFalse();
  }

  @Test
  void variesBy_namedHeadersAndStar() {
    assertThat(HEADERS.variesBy("Origin")).isTrue();
    assertThat(HEADERS.variesBy("Cookie")).isFalse();
    assertThat(Headers.of("Vary", "Accept", "Vary", "*").variesBy("Cookie")).isTrue();
    assertThat(Headers.of().variesBy("Origin")).isFalse();
  }
}
