package dev.corsac.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.InvalidPolicyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code in docs/spring.md is the example's, and its properties are read as it says. */
class SpringPageTest {
  private static final Path EXAMPLE = Path.of("..", "..", "examples", "spring", "src", "main");
  private static final String PAGE = read(Path.of("..", "..", "docs", "spring.md"));

  @Test
  void java_isTheExamples() {
    String sources = sources(EXAMPLE.resolve("java"));

    assertThat(blocks("java")).hasSize(2).allSatisfy(block -> assertThat(sources).contains(block));
  }

  @Test
  void properties_areTheExamples() {
    List<String> blocks = blocks("properties");

    assertThat(read(EXAMPLE.resolve("resources/application.properties"))).startsWith(blocks.get(0));
    assertThat(read(EXAMPLE.resolve("resources/application-development.properties")))
        .isEqualTo(blocks.get(2) + "\n");
    assertThat(new Settings().properties(blocks.get(0)).warnings()).isEmpty();
    assertThat(new Settings().properties(blocks.get(2)).errors()).isEmpty();
  }

  @Test
  void yaml_isRead() {
    List<String> blocks = blocks("yaml");

    assertThat(blocks).hasSize(2);
    assertThat(new Settings().yaml(blocks.get(0)).read().toString())
        .contains("\"/internal/**\"\n    cors:\n      off");
    ReloadableCors cors = new ReloadableCors(new Settings().yaml(blocks.get(1)).environment());
    assertThat(cors.shadows()).containsOnlyKeys("/partner/**", "default");
  }

  @Test
  void wrongProperties_areReportedSo() {
    Settings settings = new Settings().properties(blocks("properties").get(1));

    assertThat(
            Objects.requireNonNull(
                    new InvalidPolicyAnalyzer(settings.environment())
                        .analyze(new InvalidPolicyException(settings.errors())))
                .getDescription())
        .isEqualTo(blocks("").get(0));
  }

  @Test
  void table_hasEveryKey() {
    Stream<String> keys =
        Pattern.compile("(?m)^\\| `([a-z-]+)` \\|")
            .matcher(PAGE)
            .results()
            .map(row -> row.group(1));

    assertThat(keys)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(PropertyNames.LISTS, PropertyNames.VALUES, PropertyNames.GROUPS)
                .flatMap(List::stream)
                .toList());
  }

  private static List<String> blocks(String language) {
    return Pattern.compile("(?ms)^```(\\w*)\n(.*?)\n```$")
        .matcher(PAGE)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  private static String sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      StringBuilder sources = new StringBuilder();
      files.filter(Files::isRegularFile).forEach(file -> sources.append(read(file)));
      return sources.toString();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
