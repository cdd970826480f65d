package dev.corsac.browser.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.Pieces;
import dev.corsac.browser.TransportException;
import dev.corsac.browser.WireResponse;
import java.io.IOException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ResponsePropertiesTest {
  @Property(tries = 3000)
  void responseIsReadOrRefused(@ForAll("responses") String raw) throws IOException {
    try {
      WireResponse response = RawResponse.read(raw, "GET");
      assertThat(response.status()).isBetween(0, 999).isNotIn(100, 101, 103);
    } catch (TransportException refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }

  @Provide
  Arbitrary<String> responses() {
    return Pieces.responses();
  }
}
