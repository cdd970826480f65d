package dev.corsac.attacks;

import dev.corsac.attacks.UpstreamJudge.Version;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UpstreamResponsesTest {
  private static final Lab LAB = Lab.ofGateway();

  @AfterAll
  static void close() {
    LAB.close();
  }

  static List<Arguments> cases() {
    return CaseFiles.upstream().stream()
        .flatMap(
            attack -> Stream.of(Version.values()).map(version -> Arguments.of(attack, version)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void response(UpstreamCase attack, Version version) throws Exception {
    KnownDifferences.check(
        "upstream-responses " + attack + " " + version, attack.description(), UpstreamJudge.judge(LAB, attack, version));
  }
}
