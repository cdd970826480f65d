package dev.corsac.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9._~-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{0,5})?");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "example.com",
        "EXAMPLE.com:8080",
        "my_service",
        "xn--bcher-kva.example",
        "192.0.2.1:65535",
        "[::]",
        "[::1]:80",
        "[2001:db8::1]",
        "[1:2:3:4:5:6:7:8]",
        "[::ffff:192.0.2.1]",
        "[1::]",
        "a:0"
      })
  void authorities_areRead(String text) {
    assertThat(Authority.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":80",
        "a b",
        "a/b",
        "u@a",
        "u:p@a",
        "a,b",
        "a;b",
        "a:b",
        "a:99999",
        "a:65536",
        "a:+80",
        "a:80:80",
        "a\"b",
        "a\tb",
        "a#b",
        "a?b",
        "a\\b",
        "%0a",
        "exa%6dple.com",
        "a%zz",
        "a%00b",
        "\u00e9",
        "a\u0000",
        "<x>",
        "a{b}",
        "a\";for=6.6.6.6;x=\"",
        "[::1",
        "::1",
        "[]",
        "[::1]x",
        "[::1]80",
        "[1:2:3:4:5:6:7]",
        "[1:2:3:4:5:6:7:8:9]",
        "[1::2::3]",
        "[fe80::1%25eth0]",
        "[v1.x]",
        "[::192.0.2.256]",
        "[::192.0.2]",
        "[12345::]",
        "[g::]",
        "[:1]",
        "[1:]",
        "[192.0.2.1::]",
        "a:80 ",
        " a",
        "a:\u0661"
      })
  void whatIsNone_isRefused(String text) {
    assertThat(Authority.parse(text)).isNull();
  }

  @Property(tries = 5000)
  void whatIsRead_canBeWrittenIntoHeaderFields(@ForAll("texts") String text) {
    Authority read = Authority.parse(text);
    if (read != null) {
      assertThat(text).matches(FORM);
      assertThat(Authority.parse(read.toString())).isEqualTo(read);
      assertThat(read.toString() + (text.endsWith(":") ? ":" : ""))
          .isEqualTo(read.port() < 0 ? text : read.host() + ":" + read.port());
    } else {
      assertThat(text.matches("[a-z0-9.-]{1,100}(:[1-9][0-9]{0,3})?")).isFalse();
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a",
            "b.",
            "-",
            "_",
            ":",
            "::",
            "[",
            "]",
            "%",
            "@",
            "1",
            "80",
            "65535",
            "65536",
            "192.0.2.1",
            "2001:db8",
            "\"",
            " ",
            "\t",
            "\u00e9",
            "\u0000",
            "/",
            "f")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }
}
