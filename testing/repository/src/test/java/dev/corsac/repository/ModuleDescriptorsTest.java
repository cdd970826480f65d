package dev.corsac.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published modules that have a descriptor, as the module system sees them. */
class ModuleDescriptorsTest {
  /** Public on the class path alone. */
  private static final Set<String> NOT_EXPORTED = Set.of("dev.corsac.browser.url");

  private static final Path MAVENS_JARS = mavensJars();

  static List<Path> described() {
    return Modules.published().stream().filter(ModuleDescriptorsTest::isDescribed).toList();
  }

  private static boolean isDescribed(Path module) {
    return Files.exists(classes(module).resolve("module-info.class"));
  }

  private static Path classes(Path module) {
    return module.resolve("target/classes");
  }

  @Test
  void whatStandsOnModulesAlone_isDescribed() {
    Set<String> described =
        described().stream()
            .map(module -> Modules.value(module, "artifactId"))
            .collect(Collectors.toSet());
    assertThat(described).contains("corsac-core", "corsac-browser");
    for (Path module : Modules.published()) {
      List<Modules.Dependency> needed = Modules.needed(module);
      if (needed.stream().allMatch(dependency -> isModule(dependency, described))) {
        assertThat(described)
            .as("%s has no module-info, but all of %s have one", module, needed)
            .contains(Modules.value(module, "artifactId"));
      }
    }
  }

  /** False if Maven has no jar of it, so that it cannot be what a module here stands on. */
  private static boolean isModule(Modules.Dependency dependency, Set<String> described) {
    if (dependency.group().equals("dev.corsac")) {
      return described.contains(dependency.artifact());
    }
    Path folder =
        MAVENS_JARS.resolve(dependency.group().replace('.', '/')).resolve(dependency.artifact());
    if (!Files.isDirectory(folder)) {
      return false;
    }
    Pattern jar = Pattern.compile(Pattern.quote(dependency.artifact()) + "-[\\d.]+\\w*\\.jar");
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files
          .filter(file -> jar.matcher(file.getFileName().toString()).matches())
          .anyMatch(ModuleDescriptorsTest::hasDescriptor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where Maven keeps them: most of what adapters stand on is not on this class path. */
  private static Path mavensJars() {
    Path jar =
        Path.of(URI.create(Test.class.getProtectionDomain().getCodeSource().getLocation() + ""));
    // org/junit/jupiter/junit-jupiter-api/VERSION/JAR
    return jar.resolve("../../../../../..").normalize();
  }

  private static boolean hasDescriptor(Path jar) {
    try {
      return ModuleFinder.of(jar).findAll().stream()
          .anyMatch(module -> !module.descriptor().isAutomatic());
    } catch (FindException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("described")
  void nameIsThatOfTheManifest_andTheApiIsExported(Path module) throws IOException {
    try (InputStream stream = Files.newInputStream(classes(module).resolve("module-info.class"))) {
      ModuleDescriptor descriptor = ModuleDescriptor.read(stream);
      assertThat(descriptor.name()).isEqualTo(Modules.value(module, "module.name"));
      assertThat(descriptor.exports().stream().map(ModuleDescriptor.Exports::source))
          .containsExactlyInAnyOrderElementsOf(packagesOfTheApi(module));
    }
  }

  private static Set<String> packagesOfTheApi(Path module) throws IOException {
    String api = Files.readString(Path.of("api", Modules.value(module, "artifactId") + ".txt"));
    return api.lines()
        .filter(line -> !line.isEmpty() && !line.startsWith(" "))
        .map(line -> line.replaceFirst(".*?(dev\\.corsac(?:\\.[a-z]\\w*)*)\\.[A-Z].*", "$1"))
        .filter(name -> !NOT_EXPORTED.contains(name))
        .collect(Collectors.toSet());
  }

  @Test
  void coreDecidesAsAModule_andFindsItsData() throws ReflectiveOperationException {
    ModuleFinder finder =
        ModuleFinder.of(
            described().stream()
                .filter(module -> module.endsWith("core") || module.endsWith("jdk"))
                .map(ModuleDescriptorsTest::classes)
                .toArray(Path[]::new));
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolve(finder, ModuleFinder.of(), Set.of("dev.corsac.jdk"));
    ModuleLayer layer =
        boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());

    Class<?> policy = layer.findLoader("dev.corsac").loadClass("dev.corsac.CorsPolicy");
    Object builder = policy.getMethod("builder").invoke(null);
    Class<?> type = builder.getClass();
    type.getMethod("allowOrigins", String[].class)
        .invoke(builder, (Object) new String[] {"https://*.github.io"});

    assertThat(policy.getModule().getName()).isEqualTo("dev.corsac");
    assertThat(type.getMethod("findings").invoke(builder))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .singleElement()
        .asString()
        .contains("[public-suffix]");
    Class<?> filter = layer.findLoader("dev.corsac.jdk").loadClass("dev.corsac.jdk.CorsFilter");
    assertThat(filter.getModule().getName()).isEqualTo("dev.corsac.jdk");
  }
}
