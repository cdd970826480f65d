package dev.corsac.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The public API of each published module is the one in {@code api/MODULE.txt}, so that it changes
 * on purpose and in a diff. {@code -Dcorsac.api=write} writes the files anew.
 */
class ApiTest {
  private static final Path BASELINES = Path.of("api");

  static List<Path> modules() {
    return Modules.published();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void api_isTheBaseline(Path module) throws IOException {
    Path baseline = BASELINES.resolve(Modules.value(module, "artifactId") + ".txt");
    String api = PublicApi.of(module.resolve("target/classes"), Modules.value(module, "not.api"));
    if ("write".equals(System.getProperty("corsac.api"))) {
      Files.createDirectories(BASELINES);
      Files.writeString(baseline, api);
    }
    assertThat(api)
        .as(
            "the public API of %s; if the change is meant, write it with -Dcorsac.api=write",
            module)
        .isEqualTo(Files.exists(baseline) ? Files.readString(baseline) : "");
  }
}
