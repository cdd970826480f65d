package dev.corsac.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file that the documentation shows as an example is one without errors. */
class DocumentationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/changes.md",
        "docs/configuration.md",
        "docs/guards.md",
        "docs/watching.md"
      })
  void examples_areValid(String page, @TempDir Path folder) throws IOException {
    Matcher block =
        Pattern.compile("^```yaml\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(Files.readString(Path.of("..", page)));
    int blocks = 0;
    while (block.find()) {
      blocks++;
      Path file = Files.writeString(folder.resolve("corsac.yaml"), block.group(1));
      for (String profile : List.of("production", "development")) {
        ConfigResult result = ConfigLoader.load(file, Map.of("CORSAC_ENV", profile));
        assertThat(result.config()).as("%s, %s", page, result.findings()).isPresent();
      }
    }
    assertThat(blocks).isPositive();
  }
}
