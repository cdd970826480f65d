package dev.corsac.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WirePathTest {

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/a/b, /a/b",
    "/a?b=/c, /a",
    "/a%2Fb;c=1//d?, /a%2Fb;c=1//d",
    "/a?http://b/c, /a",
    "http://localhost/a/b?c, /a/b",
    "https://localhost:8080/a, /a",
    "http://localhost, /",
    "http://localhost?a=/b, /",
    "//evil/a, //evil/a",
    "*, *"
  })
  void pathOfATarget(String target, String path) {
    assertThat(WirePath.pathOf(target)).isEqualTo(path);
  }
}
