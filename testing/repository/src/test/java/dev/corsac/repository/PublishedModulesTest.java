package dev.corsac.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every module that is published has what users and Maven Central expect of it. */
class PublishedModulesTest {

  static List<Path> modules() {
    return Modules.published();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void bom_hasIt(Path module) {
    String artifact = "<artifactId>" + Modules.value(module, "artifactId") + "</artifactId>";
    assertThat(Modules.pom(Modules.ROOT.resolve("bom"))).contains(artifact);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void moduleName_isItsPackage(Path module) {
    String name = Modules.value(module, "module.name");
    assertThat(name).matches("dev\\.corsac(\\.[a-z]+)?");
    assertThat(module.resolve("src/main/java").resolve(name.replace('.', '/')))
        .isDirectoryContaining("glob:**/package-info.java");
  }

  /** Else whoever depends on it gets an artifact that is not there. */
  @ParameterizedTest
  @MethodSource("modules")
  void whatItNeeds_isPublished(Path module) {
    List<String> published =
        modules().stream().map(each -> Modules.value(each, "artifactId")).toList();
    assertThat(Modules.needed(module))
        .filteredOn(dependency -> dependency.group().equals("dev.corsac"))
        .extracting(Modules.Dependency::artifact)
        .isSubsetOf(published);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void description_isThere(Path module) {
    assertThat(Modules.value(module, "name")).startsWith("Corsac");
    assertThat(Modules.value(module, "description")).endsWith(".");
  }
}
