package dev.corsac.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short run; {@code -Dcorsac.attacks.seed=…} repeats a round. */
class FuzzTest {
  private static final int SECONDS = 6;
  private static final int LEAST_ROUNDS = 15;

  enum Side {
    CLIENT(ClientFuzzer::new),
    UPSTREAM(UpstreamFuzzer::new);

    private final Function<Lab, Fuzzer> fuzzer;

    Side(Function<Lab, Fuzzer> fuzzer) {
      this.fuzzer = fuzzer;
    }
  }

  @ParameterizedTest
  @EnumSource
  void generatedAttacks_doNoHarm(Side side) throws Exception {
    Long given = Long.getLong("corsac.attacks.seed");
    long first = given == null ? ThreadLocalRandom.current().nextInt(1 << 30) : given;
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    try (Lab lab = Lab.ofGateway()) {
      Fuzzer fuzzer = side.fuzzer.apply(lab);
      for (int i = 0; i < LEAST_ROUNDS || System.nanoTime() < end; i++) {
        assertThat(fuzzer.round(first + i)).isEmpty();
        if (given != null) {
          return;
        }
      }
    }
  }
}
