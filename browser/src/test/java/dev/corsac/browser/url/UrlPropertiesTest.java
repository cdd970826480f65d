package dev.corsac.browser.url;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.Pieces;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The URL parser never throws on garbage, and what it accepts it accepts again. */
class UrlPropertiesTest {
  @Property(tries = 3000)
  void urlThatParsesIsAFixedPoint(@ForAll("urls") String text) {
    Url url = Url.parse(text);
    if (url != null) {
      Url again = Url.parse(url.toString());
      assertThat(again).as(url.toString()).isNotNull().hasToString(url.toString());
    }
  }

  @Property(tries = 3000)
  void urlThatAnEngineParsesIsAFixedPoint(@ForAll("urls") String text) {
    UrlRules rules = new UrlRules(true, true, true);
    Url url = Url.parse(text, null, rules);
    if (url != null) {
      Url again = Url.parse(url.toString(), null, rules);
      assertThat(again).as(url.toString()).isNotNull().hasToString(url.toString());
    }
  }

  @Property(tries = 3000)
  void relativeUrlNeverThrows(@ForAll("urls") String text) {
    Url base = Url.parse("http://app.test:8001/a/b?c#d");
    assertThat(base).isNotNull();
    if (base != null) {
      Url.parse(text, base);
    }
  }

  @Property(tries = 3000)
  void originOfAnHttpUrlIsAnOriginAgain(@ForAll("urls") String text) {
    Url url = Url.parse(text);
    if (url != null && url.isHttp()) {
      Url origin = Url.parse(url.origin().toString());
      assertThat(origin).isNotNull();
      assertThat(origin != null && origin.origin().isSameOrigin(url.origin())).isTrue();
    }
  }

  @Provide
  Arbitrary<String> urls() {
    return Pieces.of(
        "http",
        "https",
        "://",
        ":",
        "/",
        "//",
        "\\",
        "@",
        "?",
        "#",
        "[",
        "]",
        "::1",
        ".",
        "..",
        "app.test",
        "b\u00fccher",
        "fa\u00df",
        "\u0643\u062a\u0627\u0628",
        "\u200d",
        "\u0308",
        "\ud83d\udca9",
        "\ud800",
        "\uff0e",
        "xn--",
        "xn--bcher-kva",
        "*",
        "127.1",
        "0x7f",
        "08",
        "65535",
        "65536",
        "%2e",
        "%",
        "é",
        "xn--",
        " ",
        "\t",
        "data:",
        "file:",
        "blob:",
        "\u0000",
        "a");
  }
}
