package dev.corsac.attacks.cases;

import dev.corsac.attacks.lab.Lab;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Http1RequestsTest {
  private static final Lab LAB = Lab.ofGateway();

  @AfterAll
  static void close() {
    LAB.close();
  }

  static List<Http1Case> cases() {
    return CaseFiles.http1();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void request(Http1Case attack) throws Exception {
    KnownDifferences.check(
        "http1-requests " + attack, attack.description(), Http1Judge.judge(LAB, attack));
  }
}
