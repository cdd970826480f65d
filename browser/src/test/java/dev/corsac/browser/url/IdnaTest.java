package dev.corsac.browser.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Domains of UTS #46 and of what browsers were recorded to make of them. */
class IdnaTest {
  @ParameterizedTest
  @CsvSource({
    "b\u00fccher.test, xn--bcher-kva.test",
    "BU\u0308CHER.test, xn--bcher-kva.test",
    "fa\u00df.de, xn--fa-hia.de",
    "stra\u1e9ee.test, xn--strae-oqa.test",
    "\u03c2.test, xn--3xa.test",
    "\u03a3.test, xn--4xa.test",
    "api\u3002app\uff0etest, api.app.test",
    "a\u00adb, ab",
    "\u2163, iv",
    "\u210ctest, htest",
    "\u0131.test, xn--cfa.test",
    "\u212aelvin.test, kelvin.test",
    "\u13a0, xn--58d",
    "\uab70, xn--58d",
    "\u0dc1\u0dca\u200d\u0dbb\u0dd3.test, xn--10cl1a0b660p.test",
    "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.test, xn--mgba3gch31f060k.test",
    "\u05d0.test, xn--4db.test",
    "xn--zca, xn--zca",
    "xn--BCHER-KVA, xn--bcher-kva",
    "\ud83d\udca9.la, xn--ls8h.la",
    "\u00ad.test, .test"
  })
  void domainIsMapped(String domain, String ascii) {
    assertThat(Idna.toAscii(domain)).isEqualTo(ascii);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u200db.test",
        "a\u200cb.test",
        "\ud83d\udc68\u200d\ud83d\udc69.test",
        "\u0308a.test",
        "a\u05d0.test",
        "\u05d01a",
        "a\u2024b",
        "\u2488com",
        "\ue000",
        "\ufffd",
        "\u0378",
        "\u202e",
        "xn--",
        "xn--a-",
        "xn--a",
        "xn--99999999",
        "xn--B\u00fccher-kva"
      })
  void domainIsRefused(String domain) {
    assertThat(Idna.toAscii(domain)).isNull();
  }

  /** Where the two versions of IDNA are the same, so are the results. */
  @Property
  void latinDomainIsThatOfJava(
      @ForAll
          @StringLength(min = 1, max = 20)
          @CharRange(from = 'a', to = 'z')
          @CharRange(from = '\u00e0', to = '\u00f6')
          String label) {
    assertThat(Idna.toAscii(label)).isEqualTo(IDN.toASCII(label));
  }

  @Property
  void punycodeIsDecodedToWhatItWas(
      @ForAll @StringLength(min = 1, max = 20) @CharRange(from = 'a', to = '\u2fff') String label) {
    String encoded = Punycode.encode(label);
    assertThat(Punycode.decode(encoded.substring("xn--".length()))).isEqualTo(label);
  }

  @Property
  void punycodeOfAnythingIsDecodedOrRefused(@ForAll String text) {
    String decoded = Punycode.decode(text);
    assertThat(decoded == null || decoded.codePoints().allMatch(Character::isValidCodePoint))
        .isTrue();
  }
}
