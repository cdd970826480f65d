package dev.corsac.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** No parser of the model throws on garbage, and what it accepts it accepts again. */
class ParserPropertiesTest {
  @Property(tries = 3000)
  void urlThatParsesIsAFixedPoint(@ForAll("urls") String text) {
    Url url = Url.parse(text);
    if (url != null) {
      Url again = Url.parse(url.toString());
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

  @Property(tries = 3000)
  void headerListNeverThrows(
      @ForAll("headerValues") String first, @ForAll("headerValues") String second) {
    Http.TokenList list = Http.tokens(Headers.of("A", first, "a", second), "A");
    assertThat(list.present()).isTrue();
    assertThat(list.tokens()).allMatch(Http::isToken);
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

  @Property(tries = 3000)
  void responseIsReadOrRefused(@ForAll("responses") String raw) throws IOException {
    byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
    try {
      WireResponse response = HttpResponseParser.read(new ByteArrayInputStream(bytes), "GET");
      assertThat(response.status()).isBetween(200, 999);
    } catch (TransportException refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }

  @Property(tries = 2000)
  void anyAnswerEndsInAnOutcome(
      @ForAll("responses") String raw,
      @ForAll("headerNames") String name,
      @ForAll("headerValues") String value) {
    Transport transport =
        request ->
            HttpResponseParser.read(
                new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)),
                request.method());
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
  Arbitrary<String> urls() {
    return pieces(
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

  @Provide
  Arbitrary<String> headerNames() {
    return pieces(
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
    return pieces(
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
    return pieces(
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 302 x\r\n",
        "HTTP/1.1 100 x\r\n\r\n",
        "\r\n",
        "\n",
        ": ",
        "Content-Length: 3\r\n",
        "Content-Length: x\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Content-Encoding: gzip\r\n",
        "Location: /y\r\n",
        "Access-Control-Allow-Origin: *\r\n",
        " folded\r\n",
        "3\r\nabc\r\n",
        "0\r\n\r\n",
        "ffffffff\r\n",
        "\u0000",
        "x");
  }

  /** Pieces in any order, now and then with any character between. */
  private static Arbitrary<String> pieces(String... pieces) {
    Arbitrary<String> piece =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.of(pieces)), Tuple.of(1, Arbitraries.strings().ofMaxLength(3)));
    return piece.list().ofMaxSize(12).map(list -> String.join("", list));
  }
}
