package dev.corsac.doctor.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SentenceTest {
  private static final Facts URL = Facts.of(Fact.URL, "https://a.example/");
  private static final Map<Fact, String> STAND_INS = Map.of(Fact.URL, "the server");

  private static String of(String sentence, Facts facts) {
    return new Sentence(sentence).of(facts, STAND_INS);
  }

  @Test
  void factsAreFilledIn() {
    assertThat(of("It is {url}, {url}.", URL))
        .isEqualTo("It is https://a.example/, https://a.example/.");
    assertThat(of("A {status}.", URL.with(Fact.STATUS, "{url}"))).isEqualTo("A {url}.");
  }

  @Test
  void valueKeepsItsCaseAndStandInGetsACapital() {
    assertThat(of("{url} answered.", URL)).isEqualTo("https://a.example/ answered.");
    assertThat(of("{url} answered.", Facts.of())).isEqualTo("The server answered.");
  }

  @Test
  void partOfAnUnknownFactIsLeftOut() {
    String sentence = "{url} answered[ with {status}].";
    assertThat(of(sentence, URL.with(Fact.STATUS, "404")))
        .isEqualTo("https://a.example/ answered with 404.");
    assertThat(of(sentence, URL)).isEqualTo("https://a.example/ answered.");
    assertThat(new Sentence(sentence).isToldBy(URL)).isTrue();
    assertThat(new Sentence(sentence).isToldBy(Facts.of(Fact.STATUS, "404"))).isFalse();
  }

  @Test
  void emptyValueIsCalledSoUnlessItIsQuoted() {
    assertThat(of("Is {value}.", Facts.of(Fact.VALUE, ""))).isEqualTo("Is empty.");
    assertThat(of("Is '{value}'.", Facts.of(Fact.VALUE, ""))).isEqualTo("Is ''.");
  }

  @Test
  void whatIsNoFactIsRefused() {
    assertThatThrownBy(() -> new Sentence("A {colour}."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{colour}");
  }
}
