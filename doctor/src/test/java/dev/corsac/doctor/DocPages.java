package dev.corsac.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of {@code docs} whose pages say what the data says; {@code -Dcorsac.docs=write} writes
 * them.
 */
public final class DocPages {
  private final Path folder;

  public DocPages(String name) {
    folder = Path.of("..", "docs", name);
  }

  /** The page has this text. */
  public void check(String page, String expected) throws IOException {
    Path file = folder.resolve(page + ".md");
    if ("write".equals(System.getProperty("corsac.docs"))) {
      Files.createDirectories(folder);
      Files.writeString(file, expected);
    }
    assertThat(file)
        .withFailMessage(
            "%s is not what the data says. Run the test with -Dcorsac.docs=write.", file)
        .hasContent(expected);
  }

  /** There are these pages and a README. */
  public void checkNames(List<String> pages) throws IOException {
    List<String> expected = new ArrayList<>(pages.stream().map(page -> page + ".md").toList());
    expected.add("README.md");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** A * in prose is itself, not emphasis; neither is a name in angle brackets a tag. */
  public static String prose(@Nullable String text) {
    return Objects.requireNonNull(text).replace("*", "\\*").replace("<", "\\<");
  }
}
