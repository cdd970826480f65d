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

  /** Their folders. */
  static List<Path> all() {
    return Pattern.compile("<module>(.+)</module>")
        .matcher(text(ROOT.resolve("pom.xml")))
        .results()
        .map((MatchResult module) -> ROOT.resolve(module.group(1)))
        .toList();
  }

  /** The folders of those that are published as a jar. */
  static List<Path> published() {
    return all().stream().filter(Modules::isPublishedJar).toList();
  }

  private static boolean isPublishedJar(Path module) {
    return !pom(module).contains("<maven.deploy.skip>true</maven.deploy.skip>")
        && !pom(module).contains("<packaging>pom</packaging>");
  }

  /** The first of an element in a module's pom that is not the parent's; empty without one. */
  static String value(Path module, String element) {
    String pom = pom(module);
    return first(pom.substring(Math.max(0, pom.indexOf("</parent>"))), element);
  }

  private static String first(String xml, String element) {
    Matcher matcher = Pattern.compile("<" + Pattern.quote(element) + ">(.*?)</").matcher(xml);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** What a module depends on. */
  record Dependency(String group, String artifact) {}

  /** What a module depends on by itself, what its tests do apart. */
  static List<Dependency> needed(Path module) {
    String pom = pom(module).replaceAll("(?s)<dependencyManagement>.*?</dependencyManagement>", "");
    return Pattern.compile("(?s)<dependency>(.*?)</dependency>")
        .matcher(pom)
        .results()
        .map((MatchResult dependency) -> dependency.group(1))
        .filter(dependency -> !dependency.contains("<scope>test</scope>"))
        .map(each -> new Dependency(first(each, "groupId"), first(each, "artifactId")))
        .toList();
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
