package dev.corsac.attacks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.attacks.lab.Lab;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The short run, the same each time; {@code -Dcorsac.attacks.seed=…} repeats a round. */
class FuzzTest {
  private static final int ROUNDS = 150;

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
    long first = given == null ? 1 : given;
    int rounds = given == null ? ROUNDS : 1;
    try (Lab lab = Lab.ofGateway()) {
      Fuzzer fuzzer = side.apply(lab);
      for (int i = 0; i < rounds; i++) {
        assertThat(fuzzer.round(first + i)).isEmpty();
      }
    }
  }
}
