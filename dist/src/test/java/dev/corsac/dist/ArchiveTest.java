package dev.corsac.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.dist.Unpacked.Ended;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked in an empty folder with a space in its name, without Maven. */
@Timeout(300)
class ArchiveTest {
  @TempDir private Path temp = Path.of("replaced by JUnit");
  private Path folder = temp;
  private Unpacked unpacked;

  @BeforeEach
  void unpack() throws Exception {
    folder = Files.createDirectory(temp.toRealPath().resolve("a folder"));
    unpacked = Unpacked.in(folder);
  }

  @Test
  void whatIsInIt() throws IOException {
    assertThat(names(unpacked.home()))
        .containsExactlyInAnyOrder(
            "LICENSE", "NOTICE", "README.md", "corsac", "corsac.yaml", "lib", "licences");
    String table = Files.readString(unpacked.home().resolve("licences/README.md"));
    List<String> prefixes =
        table
            .lines()
            .filter(line -> line.matches("\\| [a-zA-Z0-9-]+ \\| .*"))
            .map(line -> line.split(" ", 3)[1])
            .filter(name -> !name.equals("jars"))
            .toList();
    List<String> jars =
        names(unpacked.home().resolve("lib")).stream()
            .filter(name -> name.endsWith(".jar"))
            .toList();
    assertThat(jars)
        .hasSizeGreaterThan(30)
        .allSatisfy(jar -> assertThat(prefixes).anyMatch(jar::startsWith));
    assertThat(prefixes)
        .allSatisfy(prefix -> assertThat(jars).anyMatch(jar -> jar.startsWith(prefix)));
    for (String text : List.of("MPL-2.0.txt", "automaton.txt", "re2j.txt")) {
      assertThat(table).contains(text);
      assertThat(unpacked.home().resolve("licences").resolve(text)).isNotEmptyFile();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).toList();
    }
  }

  @Test
  void lint_fromAnyFolder_throughLinks() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("my bin"));
    Path link = Files.createSymbolicLink(bin.resolve("corsac"), unpacked.home().resolve("corsac"));
    Path chained = Files.createSymbolicLink(folder.resolve("chained"), Path.of("my bin/corsac"));
    String yaml = unpacked.home().resolve("corsac.yaml").toString();
    for (Path script : List.of(unpacked.home().resolve("corsac"), link, chained)) {
      assertThat(unpacked.run(script, Map.of(), "lint", yaml))
          .isEqualTo(new Ended(0, "Nothing to say about 1 file.\n"));
    }
    Files.writeString(folder.resolve("bad.yaml"), "cors: { allow_origins: [example.com] }");
    assertThat(unpacked.run(link, Map.of(), "lint", "bad.yaml").code()).isEqualTo(1);
  }

  @Test
  void gateway_serves_andSigtermEndsIt() throws Exception {
    Files.writeString(
        folder.resolve("corsac.yaml"),
        """
        listen: 127.0.0.1:0
        upstream: http://127.0.0.1:1
        cors: { allow_origins: [https://example.com] }
        timeouts: { drain: 0s }
        """);
    assertThat(untilSigterm("listening on http://127.0.0.1:", "gateway")).isZero();
  }

  @Test
  void demo_serves_andSigtermEndsIt() throws Exception {
    String[] ports = {
      "demo", "--port", "0", "--allowed-port", "0", "--unlisted-port", "0", "--sandbox-port", "0"
    };
    assertThat(untilSigterm("ready", ports)).isZero();
  }

  private int untilSigterm(String line, String... arguments) throws Exception {
    Process process =
        unpacked
            .command(unpacked.home().resolve("corsac"), Map.of(), arguments)
            .redirectError(folder.resolve("err").toFile())
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String read = out.readLine();
      while (read != null && !read.startsWith(line)) {
        read = out.readLine();
      }
      assertThat(read).as(Files.readString(folder.resolve("err"))).isNotNull();
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(folder.resolve("err"))).doesNotContain("WARN", "Exception");
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void withoutJava_itSaysWhatIsMissing() throws Exception {
    assertThat(unpacked.run(Map.of("JAVA_HOME", "/nowhere"), "lint"))
        .satisfies(
            ended -> {
              assertThat(ended.code()).isEqualTo(2);
              assertThat(ended.output())
                  .startsWith(
                      "corsac: JAVA_HOME is /nowhere, where there is no bin/java. Install Java 17");
            });
    Path bin = Files.createDirectory(folder.resolve("bin"));
    for (String tool : List.of("bash", "readlink", "dirname", "cksum")) {
      Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin").resolve(tool));
    }
    Map<String, String> bare = Map.of("JAVA_HOME", "", "PATH", bin.toString());
    Ended ended = unpacked.run(bare, "lint");
    assertThat(ended.code()).as(ended.output()).isEqualTo(2);
    assertThat(ended.output()).startsWith("corsac: Java was not found. Install Java 17");
    Path old =
        Files.writeString(
            bin.resolve("java"), "#!/bin/sh\necho 'openjdk version \"1.8.0_392\"' >&2\n");
    assertThat(old.toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(bin.resolve("sh"), Path.of("/bin/sh"));
    assertThat(unpacked.run(bare, "lint").output())
        .startsWith("corsac: Java 8 (")
        .contains("is too old");
  }

  @Test
  void optionsOfTheUser_win() throws Exception {
    for (String options : List.of("-XX:+UseParallelGC", "-Xmx64m -XX:TieredStopAtLevel=4")) {
      assertThat(unpacked.run(Map.of("JAVA_OPTS", options), "-V").output())
          .as(options)
          .startsWith("corsac ");
    }
    assertThat(unpacked.run(Map.of("JAVA_OPTS", "-Xmx1m"), "-V").code()).isEqualTo(1);
  }
}
