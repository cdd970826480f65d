package dev.corsac.doctor.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is pasted: nothing is thrown, and the time is linear in the text. */
class PastedTextTest {
  /** So many characters are looked at for each of the text, all templates together. */
  private static final long WORK_PER_CHARACTER = 4L * Messages.all().size() + 4096;

  @Property(tries = 300)
  void anyTextIsReadInLinearTime(@ForAll("texts") String text) {
    PastedText pasted = PastedText.of(text);
    for (Explanation each : Explainer.explain(pasted)) {
      assertThat(each.says()).isNotBlank().doesNotContain("{url}");
    }
    assertThat(pasted.work()).isLessThanOrEqualTo((text.length() + 64) * WORK_PER_CHARACTER);
    Explainer.nearest(text);
  }

  @Property(tries = 40)
  void repeatingATextCostsItsLength(@ForAll("pieces") String piece) {
    PastedText once = PastedText.of(piece.repeat(Math.max(1, 8_000 / piece.length())));
    PastedText more = PastedText.of(piece.repeat(Math.max(4, 32_000 / piece.length())));
    Explainer.explain(once);
    Explainer.explain(more);
    double factor = (double) more.work() / Math.max(1, once.work());
    assertThat(factor).isLessThan(1.3 * more.length() / Math.max(1, once.length()) + 0.5);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> noise =
        Arbitraries.strings().all().ofMaxLength(40).map(text -> text.isEmpty() ? " " : text);
    return Arbitraries.oneOf(List.of(noise, pieces()))
        .list()
        .ofMaxSize(60)
        .map(parts -> String.join("", parts));
  }

  /** What a matcher that looks again at what it has seen would suffer from. */
  @Provide
  Arbitrary<String> pieces() {
    List<String> parts =
        Messages.all().stream()
            .flatMap(message -> message.text().literals().stream())
            .filter(literal -> !literal.isEmpty())
            .toList();
    return Arbitraries.oneOf(
        List.of(
            Arbitraries.of(parts),
            Arbitraries.of(Messages.all()).map(Message::example).filter(text -> !text.isEmpty()),
            Arbitraries.of(
                "'", "\"", "&", "&#", "&amp;", "(", ")", ".", "\n", " ", "‘", "a", "://",
                ")))),,,")));
  }
}
