package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.PathReaders.Reader;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No reader of a path finds it under another route than the one that was found. */
class PathRoutesProperties {
  private static final Map<String, Reader> READERS = PathReaders.all();

  private static final PathRoutes<String> ROUTES =
      PathRoutes.builder("none", "ambiguous")
          .add("/a/**", "a")
          .add("/b/*/c", "c")
          .add("/k", "k")
          .build();

  @Property(tries = 50_000)
  void noReader_isReachedUnderAnotherRoute(@ForAll("paths") String path) {
    String found = ROUTES.find(path);
    if (found.equals("ambiguous")) {
      return;
    }
    READERS.forEach(
        (name, reader) -> {
          String read = reader.read(path);
          if (read != null) {
            assertThat(found).as("%s by %s, which is %s", path, name, read).isEqualTo(naive(read));
          }
        });
  }

  @Property(tries = 20_000)
  void plainPaths_areNeverAmbiguous(@ForAll("plain") String path) {
    assertThat(ROUTES.find(path)).as(path).isEqualTo(naive(path));
  }

  @Property(tries = 20_000)
  void nothingThrows(@ForAll String path) {
    assertThat(ROUTES.find(path)).isNotNull();
    assertThat(ROUTES.find("/" + path)).isNotNull();
    assertThat(CorsRequest.pathOf(path)).isNotNull();
  }

  private static String naive(String path) {
    if (path.matches("(?s)/a(/.*)?")) {
      return "a";
    }
    return path.matches("/b/[^/]+/c/?") ? "c" : path.matches("/k/?") ? "k" : "none";
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of(
            "a",
            "b",
            "c",
            "k",
            "x",
            "A",
            "%61",
            "%2561",
            "..",
            ".",
            "%2e",
            "%2E%2e",
            "%252e",
            ";",
            ";x",
            "%3b",
            "%3f",
            "%23",
            "%2500",
            "%2f",
            "%5C",
            "%252f",
            "\\",
            "/",
            "/",
            "/",
            "//",
            "/x/",
            "/b/",
            "/a",
            "%20",
            "::$DATA",
            "%c0%af",
            "%c0%ae",
            "%ef%bc%8f",
            "%e2%84%aa",
            "@",
            ":80")
        .list()
        .ofMaxSize(8)
        .map(parts -> "/" + String.join("", parts));
  }

  @Provide
  Arbitrary<String> plain() {
    return Arbitraries.of("a", "b", "c", "k", "x.y", ".z", "-~_", "a:b", "$", "(1)")
        .list()
        .ofMaxSize(6)
        .map(parts -> "/" + String.join("/", parts));
  }
}
