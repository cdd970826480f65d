package dev.corsac.attacks.cases;

import dev.corsac.attacks.cases.UpstreamJudge.Version;
import dev.corsac.attacks.lab.Lab;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpstreamResponsesTest {
  /** One each, so that cases which wait wait at once. */
  private static final Map<Version, Lab> LABS = new EnumMap<>(Version.class);

  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  static {
    for (Version version : Version.values()) {
      LABS.put(version, Lab.ofGateway());
    }
  }

  @AfterAll
  static void close() {
    LABS.values().forEach(Lab::close);
    THREADS.shutdown();
  }

  static List<UpstreamCase> cases() {
    return CaseFiles.upstream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void response(UpstreamCase attack) throws Exception {
    Map<Version, Future<List<String>>> outcomes = new EnumMap<>(Version.class);
    LABS.forEach(
        (version, lab) ->
            outcomes.put(version, THREADS.submit(() -> UpstreamJudge.judge(lab, attack, version))));
    for (Map.Entry<Version, Future<List<String>>> outcome : outcomes.entrySet()) {
      KnownDifferences.check(
          "upstream-responses " + attack + " " + outcome.getKey(),
          attack.description(),
          outcome.getValue().get());
    }
  }
}
