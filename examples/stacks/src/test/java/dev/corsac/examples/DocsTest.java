package dev.corsac.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code that the docs show is that of the examples. */
class DocsTest {
  private static final Path DOCS = Path.of("..", "..", "docs");

  @Test
  void stacksPage_showsTheExamples() throws IOException {
    String examples = examples();
    assertThat(codes("stacks.md", "```java\n(.*?)\n```"))
        .hasSize(8)
        .allSatisfy(code -> assertThat(examples).contains(code));
  }

  @Test
  void adaptersTable_showsTheExamples() throws IOException {
    String examples = withoutSpace(examples());
    assertThat(
            codes(
                "adapters.md",
                "\\| `corsac-(?:servlet|vertx|netty|jdk|jaxrs|undertow)` \\| `([^`]+)`"))
        .hasSize(6)
        .allSatisfy(code -> assertThat(examples).contains(withoutSpace(code)));
  }

  private static List<String> codes(String page, String pattern) throws IOException {
    String text = Files.readString(DOCS.resolve(page));
    Stream<MatchResult> codes = Pattern.compile(pattern, Pattern.DOTALL).matcher(text).results();
    return codes.map(code -> code.group(1)).toList();
  }

  private static String examples() throws IOException {
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sources.append(Files.readString(file));
      }
    }
    return sources.toString();
  }

  private static String withoutSpace(String code) {
    return code.replaceAll("\\s+", "");
  }
}
