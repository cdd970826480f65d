package dev.corsac.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Maven modules of this repository. */
final class Modules {
  static final Path ROOT = Path.of("..", "..");

  private Modules() {}

  /** The folders of the modules that are published as a jar. */
  static List<Path> published() {
    return Pattern.compile("<module>(.+)</module>")
        .matcher(text(ROOT.resolve("pom.xml")))
        .results()
        .map((MatchResult module) -> ROOT.resolve(module.group(1)))
        .filter(Modules::isPublishedJar)
        .toList();
  }

  private static boolean isPublishedJar(Path module) {
    return !pom(module).contains("<maven.deploy.skip>true</maven.deploy.skip>")
        && !pom(module).contains("<packaging>pom</packaging>");
  }

  /** The first of an element in a module's pom that is not the parent's; empty without one. */
  static String value(Path module, String element) {
    String pom = pom(module);
    Matcher matcher = Pattern.compile("<" + Pattern.quote(element) + ">(.*?)</").matcher(pom);
    return matcher.find(Math.max(0, pom.indexOf("</parent>"))) ? matcher.group(1) : "";
  }

  static String pom(Path module) {
    return text(module.resolve("pom.xml"));
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
