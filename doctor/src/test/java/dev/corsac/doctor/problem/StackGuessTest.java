package dev.corsac.doctor.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.browser.WireResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class StackGuessTest {
  private static final WireResponse NGINX_DOWN =
      WireResponse.of(502, "Server", "nginx").withBody("<center>nginx</center>");

  static Stream<Arguments> recorded() throws IOException {
    try (InputStream in = StackGuessTest.class.getResourceAsStream("stacks.yaml")) {
      Object all =
          new Load(LoadSettings.builder().build()).loadFromInputStream(Objects.requireNonNull(in));
      return ((List<?>) Objects.requireNonNull(all))
          .stream().map(Map.class::cast).map(each -> Arguments.of(each.get("name"), each));
    }
  }

  private static WireResponse answer(Map<?, ?> recorded) {
    List<Header> headers =
        ((List<?>) Objects.requireNonNull(recorded.get("headers")))
            .stream()
                .map(line -> line.toString().split(": ?", 2))
                .map(parts -> new Header(parts[0], parts[1]))
                .toList();
    return WireResponse.of(Integer.parseInt(text(recorded, "status")), Headers.of(headers))
        .withBody(text(recorded, "body"));
  }

  private static String text(Map<?, ?> recorded, String key) {
    return Objects.requireNonNull(recorded.get(key), key).toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recorded")
  void of_recorded(String name, Map<?, ?> recorded) {
    Optional<StackGuess> guess = StackGuess.of(List.of(answer(recorded)));

    assertThat(guess.map(each -> each.stack().id()).orElse("none"))
        .isEqualTo(text(recorded, "stack"));
    assertThat(guess.map(StackGuess::evidence).orElse("")).isEqualTo(text(recorded, "evidence"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recorded")
  void of_applicationCountsMoreThanTheProxysOwnAnswer(String name, Map<?, ?> recorded) {
    Optional<StackGuess> guess = StackGuess.of(List.of(NGINX_DOWN, answer(recorded)));

    String stack = text(recorded, "stack");
    assertThat(guess.orElseThrow().stack().id()).isEqualTo(stack.equals("none") ? "nginx" : stack);
    assertThat(guess.orElseThrow().evidence()).endsWith("Server: nginx");
  }

  @Test
  void of_corsacCountsMoreThanWhatIsBehindIt() {
    WireResponse answer =
        WireResponse.of(
            200, "X-Powered-By", "Express", "Corsac-Decision", "origin-not-allowed; origin=\"x\"");

    assertThat(StackGuess.of(List.of(answer)))
        .contains(new StackGuess(Stack.CORSAC, "Corsac-Decision: origin-not-allowed"));
  }

  @Test
  void of_nothing() {
    assertThat(StackGuess.of(List.of())).isEmpty();
  }

  @Property(tries = 300)
  void of_evidenceIsPrintableWhateverTheServerSends(@ForAll String text) {
    for (String start : List.of("nginx/", "Jetty(", "uvicorn", "Apache Tomcat/", "")) {
      WireResponse answer =
          WireResponse.of(404, Headers.of(List.of(new Header("Server", start + text))))
              .withBody("<pre>Cannot GET /" + text);
      assertThat(StackGuess.of(List.of(answer)).orElseThrow().evidence()).matches("[ -~]{1,120}");
    }
  }
}
