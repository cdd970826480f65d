package dev.corsac.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code in docs/browser.md is that of {@link GuideTest}, which is compiled and run. */
class DocsTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- GuideTest: (\\S+) -->\n```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void examplesAreTheTestedOnes() throws IOException {
    String docs = Files.readString(Path.of("..", "docs", "browser.md"));
    String source =
        Files.readString(
            Path.of("src", "test", "java", "dev", "corsac", "browser", "GuideTest.java"));
    Matcher examples = EXAMPLE.matcher(docs);
    int count = 0;
    while (examples.find()) {
      assertThat(examples.group(2).strip())
          .as(examples.group(1))
          .isEqualTo(region(source, examples.group(1)));
      count++;
    }
    assertThat(count).isEqualTo(7);
  }

  private static String region(String source, String name) {
    String start = "// [" + name + "]\n";
    int from = source.indexOf(start) + start.length();
    return source.substring(from, source.indexOf("// [/" + name + "]")).strip();
  }
}
