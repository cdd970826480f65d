package dev.corsac.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** Which package of this module may know which, by its class files. */
class DependenciesTest {
  private static final String ROOT = "dev.corsac.doctor";
  private static final Pattern ARROW =
      Pattern.compile("(?m)^ +(dev\\.corsac\\.doctor\\S*) +-> (dev\\.corsac\\.doctor\\S*)");

  @Test
  void packagesKnowOnlyWhatTheyMay() {
    Map<String, Set<String>> arrows = new TreeMap<>();
    ARROW
        .matcher(
            jdeps("--multi-release", "base", "-verbose:package", "-filter:none", "target/classes"))
        .results()
        .filter(arrow -> !arrow.group(1).equals(arrow.group(2)))
        .forEach(
            arrow ->
                arrows
                    .computeIfAbsent(name(arrow.group(1)), unused -> new TreeSet<>())
                    .add(name(arrow.group(2))));

    assertThat(arrows)
        .isEqualTo(
            Map.of(
                "doctor", Set.of("problem"),
                "explain", Set.of("problem"),
                "har", Set.of("explain", "problem"),
                "audit", Set.of("problem")));
  }

  private static String name(String fullName) {
    return fullName.equals(ROOT) ? "doctor" : fullName.substring(ROOT.length() + 1);
  }

  private static String jdeps(String... arguments) {
    StringWriter out = new StringWriter();
    PrintWriter print = new PrintWriter(out);
    assertThat(ToolProvider.findFirst("jdeps").orElseThrow().run(print, print, arguments))
        .as("%s", out)
        .isZero();
    return out.toString();
  }
}
