package dev.corsac.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PunycodeTest {

  @ParameterizedTest
  @ValueSource(strings = {"xn--mnchen-3ya", "xn--strae-oqa", "xn--ls8h", "xn--p1ai", "xn--fiqs8s"})
  void decodes(String label) {
    assertThat(Punycode.malformedLabel("https://" + label + ".example")).isNull();
    assertThat(Punycode.malformedLabel("https://*.a." + label + ":8443")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"xn--", "xn--a", "xn--abc-", "xn--a_b", "xn--99999999", "xn---"})
  void doesNotDecode(String label) {
    assertThat(Punycode.malformedLabel("https://a." + label + ".example")).isEqualTo(label);
    assertThat(Punycode.malformedLabel("app://" + label)).isNull();
  }

  @Property(tries = 5_000)
  void whatAnEncoderWrote_decodes(
      @ForAll @StringLength(min = 1, max = 12) @CharRange(from = 'a', to = 'z') String ascii,
      @ForAll @StringLength(min = 1, max = 6) @CharRange(from = '\u4e00', to = '\u9fa5')
          String beyond) {
    String label = IDN.toASCII(ascii + beyond);
    assertThat(Punycode.decodes(label.substring(4))).as(label).isTrue();
  }

  @Property(tries = 20_000)
  void whatIsDecodedElsewhere_decodesHere(
      @ForAll
          @StringLength(max = 12)
          @CharRange(from = 'a', to = 'z')
          @CharRange(from = '0', to = '9')
          String text) {
    String unicode = IDN.toUnicode("xn--" + text, IDN.ALLOW_UNASSIGNED);
    if (unicode.chars().anyMatch(c -> c > 0x7f)) {
      assertThat(Punycode.decodes(text)).as(text).isTrue();
    }
  }
}
