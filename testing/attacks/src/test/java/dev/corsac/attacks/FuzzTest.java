package dev.corsac.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The short run; {@code -Dcorsac.attacks.seed=…} repeats a round. */
class FuzzTest {
  private static final int SECONDS = 5;
  private static final int LEAST_ROUNDS = 15;

  @Test
  void clients_doNoHarm() throws Exception {
    fuzz(ClientFuzzer::new);
  }

  @Test
  void upstreams_doNoHarm() throws Exception {
    fuzz(UpstreamFuzzer::new);
  }

  private static void fuzz(Function<Lab, Fuzzer> side) throws Exception {
    Long given = Long.getLong("corsac.attacks.seed");
    long first = given == null ? ThreadLocalRandom.current().nextInt(1 << 30) : given;
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    try (Lab lab = Lab.ofGateway()) {
      Fuzzer fuzzer = side.apply(lab);
      for (int i = 0; i < LEAST_ROUNDS || System.nanoTime() < end; i++) {
        assertThat(fuzzer.round(first + i)).isEmpty();
        if (given != null) {
          return;
        }
      }
    }
  }
}
