package dev.corsac.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Base64;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class DataUrlTest {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  @Property(tries = 3000)
  void forgivingBase64IsThatOfTheStandard(@ForAll("base64") String text) {
    assertThat(DataUrl.forgivingBase64(text)).isEqualTo(naive(text));
  }

  @Property
  void whatIsEncodedIsDecoded(@ForAll byte[] bytes) {
    assertThat(DataUrl.forgivingBase64(Base64.getEncoder().encodeToString(bytes))).isEqualTo(bytes);
  }

  @Provide
  Arbitrary<String> base64() {
    return Arbitraries.strings().withChars("Aa0/+z= \n\u00a0").ofMaxLength(9);
  }

  /** Bit by bit, as https://infra.spec.whatwg.org/#forgiving-base64-decode is written. */
  private static byte @Nullable [] naive(String text) {
    String data = text.replaceAll("[\t\n\f\r ]", "");
    if (data.length() % 4 == 0) {
      data = data.replaceFirst("={1,2}$", "");
    }
    if (data.length() % 4 == 1 || !data.matches("[A-Za-z0-9+/]*")) {
      return null;
    }
    StringBuilder bits = new StringBuilder();
    data.chars()
        .mapToObj(c -> Integer.toString(ALPHABET.indexOf(c), 2))
        .forEach(sextet -> bits.append(String.format(Locale.ROOT, "%6s", sextet)));
    byte[] bytes = new byte[bits.length() / 8];
    for (int i = 0; i < bytes.length; i++) {
      String octet = bits.substring(8 * i, 8 * i + 8).replace(' ', '0');
      bytes[i] = new BigInteger(octet, 2).byteValue();
    }
    return bytes;
  }
}
