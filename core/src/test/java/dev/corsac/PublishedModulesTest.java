package dev.corsac;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every module that is published has what users and Maven Central expect of it. */
class PublishedModulesTest {
  private static final Path ROOT = Path.of("..");

  static List<Path> modules() throws IOException {
    Stream<String> names =
        Pattern.compile("<module>(.+)</module>")
            .matcher(Files.readString(ROOT.resolve("pom.xml")))
            .results()
            .map(module -> module.group(1));
    return names.map(ROOT::resolve).filter(PublishedModulesTest::isPublishedJar).toList();
  }

  private static boolean isPublishedJar(Path module) {
    return !pom(module).contains("<maven.deploy.skip>true</maven.deploy.skip>")
        && !pom(module).contains("<packaging>pom</packaging>");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void bom_hasIt(Path module) {
    String artifact = "<artifactId>" + value(module, "artifactId") + "</artifactId>";
    assertThat(pom(ROOT.resolve("bom"))).contains(artifact);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void moduleName_isItsPackage(Path module) {
    String name = value(module, "module.name");
    assertThat(name).matches("dev\\.corsac(\\.[a-z]+)?");
    assertThat(module.resolve("src/main/java").resolve(name.replace('.', '/')))
        .isDirectoryContaining("glob:**/package-info.java");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void description_isThere(Path module) {
    assertThat(value(module, "name")).startsWith("Corsac");
    assertThat(value(module, "description")).endsWith(".");
  }

  /** The first of an element that is not the parent's. */
  private static String value(Path module, String element) {
    String pom = pom(module);
    Matcher matcher = Pattern.compile("<" + Pattern.quote(element) + ">(.*?)</").matcher(pom);
    return matcher.find(Math.max(0, pom.indexOf("</parent>"))) ? matcher.group(1) : "";
  }

  private static String pom(Path module) {
    try {
      return Files.readString(module.resolve("pom.xml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
