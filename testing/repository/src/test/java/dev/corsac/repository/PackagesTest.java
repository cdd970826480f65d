package dev.corsac.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages of all modules: none is in a cycle, and each fits on a screen. */
class PackagesTest {
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern COMMENT_OR_TEXT =
      Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(\\\\.|[^\"\\\\\\n])*\"");
  private static final Pattern NAME = Pattern.compile("\\b(dev\\.corsac(\\.[a-z]\\w*)*)\\.[A-Z]");

  private static final Set<String> NO_TYPES = Set.of("module-info.java", "package-info.java");

  /** About what fits on a screen. */
  private static final long MOST_FILES = 36;

  private static final String ALGORITHM = "dev.corsac.browser";

  /**
   * The fetch algorithm is one piece, and package-private is its wall. Its package-info is the map,
   * and has every type. The next type takes the place of one.
   */
  private static final Map<String, Long> ONE_PIECE = Map.of(ALGORITHM, 47L);

  @Test
  void noPackageIsInACycle() throws IOException {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (Path source : sources()) {
      String text = Modules.text(source);
      String own = packageOf(text);
      Set<String> used = uses.computeIfAbsent(own, unused -> new TreeSet<>());
      NAME.matcher(COMMENT_OR_TEXT.matcher(text).replaceAll(""))
          .results()
          .map((MatchResult name) -> name.group(1))
          .filter(name -> !name.equals(own))
          .forEach(used::add);
    }
    assertThat(uses).containsKeys("dev.corsac", ALGORITHM, "dev.corsac.doctor.problem");
    assertThat(uses.get("dev.corsac.doctor.har")).contains("dev.corsac.doctor.explain");

    assertThat(cycles(uses)).isEmpty();
  }

  /**
   * What remains when those are gone that use nothing of the rest, or are used by nothing of it.
   */
  private static Map<String, Set<String>> cycles(Map<String, Set<String>> uses) {
    Map<String, Set<String>> rest = new TreeMap<>(uses);
    int before;
    do {
      before = rest.size();
      rest.values().removeIf(used -> used.stream().noneMatch(rest::containsKey));
      rest.keySet().removeIf(name -> rest.values().stream().noneMatch(used -> used.contains(name)));
    } while (rest.size() < before);
    rest.values().forEach(used -> used.retainAll(rest.keySet()));
    return rest;
  }

  @Test
  void packagesFitOnAScreen() throws IOException {
    Map<String, Long> files =
        sources().stream()
            .map(Modules::text)
            .collect(
                Collectors.groupingBy(
                    PackagesTest::packageOf, TreeMap::new, Collectors.counting()));
    assertThat(files)
        .allSatisfy(
            (name, count) ->
                assertThat(count).isLessThanOrEqualTo(ONE_PIECE.getOrDefault(name, MOST_FILES)));
  }

  @Test
  void whatIsLargerHasAMap() throws IOException {
    for (Path source : sources()) {
      if (ONE_PIECE.containsKey(packageOf(Modules.text(source)))) {
        String type = source.getFileName().toString().replace(".java", "");
        assertThat(Modules.text(source.resolveSibling("package-info.java")))
            .containsPattern("(?m)^ \\* .*\\b" + type + "\\b");
      }
    }
  }

  private static Set<Path> sources() throws IOException {
    Set<Path> sources = new TreeSet<>();
    for (Path module : Modules.all()) {
      Path folder = module.resolve("src/main/java");
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !NO_TYPES.contains(file.getFileName().toString()))
              .forEach(sources::add);
        }
      }
    }
    return sources;
  }

  private static String packageOf(String text) {
    return PACKAGE.matcher(text).results().map(name -> name.group(1)).findFirst().orElse("");
  }
}
