package dev.corsac.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Java in docs/adapters.md is this module's. */
class AdaptersPageTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL);

  @Test
  void java_isTheAdaptersOwn() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (Path file : sources()) {
      sources.append(Files.readString(file));
    }
    Matcher blocks = JAVA.matcher(Files.readString(Path.of("..", "..", "docs", "adapters.md")));

    assertThat(blocks.results().map(block -> block.group(1)))
        .hasSize(3)
        .allSatisfy(block -> assertThat(sources).contains(block));
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
