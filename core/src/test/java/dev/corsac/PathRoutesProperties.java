package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PathRoutesProperties {
  private static final PathRoutes<String> ROUTES =
      PathRoutes.builder("none", "ambiguous").add("/a/**", "a").add("/b/*/c", "c").build();

  @Property(tries = 50_000)
  void theMostLenientServer_isNeverReachedUnderAnotherRoute(@ForAll("paths") String path) {
    assertThat(ROUTES.find(path)).as(path).isIn(lenientServer(path), "ambiguous");
  }

  @Property(tries = 50_000)
  void theMostLiteralServer_isNeverReachedUnderAnotherRoute(@ForAll("paths") String path) {
    String decoded = path.replace("%61", "a").replace("%2e", ".");
    String literal =
        decoded.equals("/a") || decoded.startsWith("/a/")
            ? "a"
            : decoded.matches("/b/[^/]+/c/?") ? "c" : "none";
    assertThat(ROUTES.find(path)).as(path).isIn(literal, "ambiguous");
  }

  @Property(tries = 20_000)
  void nothingThrows(@ForAll String path) {
    assertThat(ROUTES.find(path)).isNotNull();
    assertThat(ROUTES.find("/" + path)).isNotNull();
  }

  /**
   * Ignores case, cuts parameters, takes anything for a slash, merges slashes, then resolves dots.
   */
  private static String lenientServer(String path) {
    String slashed =
        path.replace("%2f", "/")
            .replace("%5C", "/")
            .replace("\\", "/")
            .replace("%2e", ".")
            .replace("%61", "a");
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : slashed.replaceAll(";[^/]*", "").split("/", -1)) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment.replace('A', 'a'));
      }
    }
    List<String> read = List.copyOf(segments);
    if (!read.isEmpty() && read.get(0).equals("a")) {
      return "a";
    }
    return read.size() == 3 && read.get(0).equals("b") && read.get(2).equals("c") ? "c" : "none";
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of(
            "a", "b", "c", "A", "%61", "..", ".", "%2e", ";", ";x", "%2f", "%5C", "\\", "/", "/",
            "/", "//")
        .list()
        .ofMaxSize(8)
        .map(parts -> "/" + String.join("", parts));
  }
}
