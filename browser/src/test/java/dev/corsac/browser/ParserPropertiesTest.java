package dev.corsac.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.http.RawResponse;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No parser of the model throws on garbage, and what it accepts it accepts again. */
class ParserPropertiesTest {
  @Property(tries = 3000)
  void headerListNeverThrows(
      @ForAll("headerValues") String first, @ForAll("headerValues") String second) {
    HttpGrammar.TokenList list = HttpGrammar.tokens(Headers.of("A", first, "a", second), "A");
    assertThat(list.present()).isTrue();
    assertThat(list.tokens()).allMatch(HttpGrammar::isToken);
  }

  @Property(tries = 3000)
  void safelistCheckNeverThrows(
      @ForAll("headerNames") String name, @ForAll("headerValues") String value) {
    for (Engine engine : Engine.values()) {
      List<String> names = RequestHeaders.unsafeNames(List.of(new Header(name, value)), engine);
      assertThat(names).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Property(tries = 3000)
  void mimeTypeThatParsesIsAFixedPoint(@ForAll("headerValues") String text) {
    MimeType type = MimeType.parse(text);
    if (type != null) {
      assertThat(MimeType.parse(type.toString())).isEqualTo(type);
    }
  }

  @Property(tries = 2000)
  void anyAnswerEndsInAnOutcome(
      @ForAll("responses") String raw,
      @ForAll("headerNames") String name,
      @ForAll("headerValues") String value) {
    Transport transport = request -> RawResponse.read(raw, request.method());
    for (Engine engine : Engine.values()) {
      Outcome outcome =
          Browser.builder(engine, transport)
              .build()
              .load(
                  Page.of("http://app.test:8001"),
                  PageRequest.fetch("http://api.test/x").header(name, value));
      assertThat(outcome.story()).isNotEmpty();
    }
  }

  @Property(tries = 2000)
  void cookieJarNeverThrows(@ForAll("headerValues") String setCookie) {
    Browser browser = Browser.chromium(request -> WireResponse.of(200));
    browser.cookies().set("https://api.example.com/x", setCookie);
    browser.load(Page.of("https://app.example.com"), PageRequest.fetch("https://api.example.com/"));
  }

  @Provide
  Arbitrary<String> headerNames() {
    return Pieces.of(
        "Accept",
        "Content-Type",
        "Range",
        "Authorization",
        "-",
        "X",
        "Sec-",
        "Cookie",
        " ",
        ":",
        "é");
  }

  @Provide
  Arbitrary<String> headerValues() {
    return Pieces.of(
        "*",
        ",",
        " ",
        "\t",
        ";",
        "=",
        "\"",
        "\\",
        "text/plain",
        "charset",
        "bytes=",
        "0",
        "-",
        "99999999999999999999",
        "GET",
        "x-custom",
        "true",
        "\u00e9",
        "\u0000",
        "Path=/",
        "Max-Age=",
        "Domain=",
        "SameSite=None",
        "Secure",
        "Expires=Wed, 21 Oct 2015 07:28:00 GMT");
  }

  @Provide
  Arbitrary<String> responses() {
    return Pieces.responses();
  }
}
