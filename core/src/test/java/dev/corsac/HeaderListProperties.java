package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.text.NameSet;
import dev.corsac.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/**
 * Compares the bounded reader of {@code Access-Control-Request-Headers} with one that splits and
 * trims.
 */
class HeaderListProperties {
  private static final List<String> ALLOWED = List.of("X-A", "x-bb", "Authorization");
  private static final NameSet SET = new NameSet(ALLOWED, true);

  @Property(tries = 20_000)
  void check_agreesWithSplitting(@ForAll("lists") List<String> lines) {
    assertThat(RequestedHeaders.check(lines, SET) == Reason.PREFLIGHT_ALLOWED)
        .isEqualTo(naive(lines));
  }

  @Property(tries = 5_000)
  void nothingThrows_andWhatIsEchoedIsAList(
      @ForAll @Size(max = 4) List<@StringLength(max = 100) String> lines) {
    RequestedHeaders.check(lines, SET);
    RequestedHeaders.missing(lines, SET);
    String echoed = RequestedHeaders.echo(lines);
    if (echoed != null && !echoed.isEmpty()) {
      assertThat(echoed).hasSizeLessThan(2_000);
      assertThat(echoed.split(", ?", -1)).allMatch(Token::isToken);
    }
  }

  @Provide
  Arbitrary<List<String>> lists() {
    Arbitrary<String> piece =
        Arbitraries.of("x-a", "X-BB", "authorization", "x-c", ",", ",", ",", " ", "\t", "");
    return piece
        .list()
        .ofMaxSize(9)
        .map(pieces -> String.join("", pieces))
        .list()
        .ofMinSize(1)
        .ofMaxSize(2);
  }

  private static boolean naive(List<String> lines) {
    List<String> names = new ArrayList<>();
    for (String line : lines) {
      for (String element : line.split(",", -1)) {
        names.add(element.strip());
      }
    }
    return names.stream()
        .filter(name -> !name.isEmpty())
        .allMatch(
            name ->
                ALLOWED.stream()
                    .anyMatch(
                        allowed ->
                            allowed
                                .toLowerCase(Locale.ROOT)
                                .equals(name.toLowerCase(Locale.ROOT))));
  }
}
