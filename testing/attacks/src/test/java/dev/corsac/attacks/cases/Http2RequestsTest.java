package dev.corsac.attacks.cases;

import dev.corsac.attacks.lab.Lab;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Http2RequestsTest {
  private static final Lab LAB = Lab.ofGateway();

  @AfterAll
  static void close() {
    LAB.close();
  }

  static List<Http2Case> cases() {
    return CaseFiles.http2();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void request(Http2Case attack) throws Exception {
    KnownDifferences.check(
        "http2-requests " + attack, attack.description(), Http2Judge.judge(LAB, attack));
  }
}
