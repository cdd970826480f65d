package dev.corsac.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.dist.Unpacked.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The archive of shared classes: made on first use, used only where it fits, never needed. */
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
class SharedClassesTest {
  /** Tells where a class came from, beside what the command says. */
  private static final String SHOW = "-Xlog:class+load:file=loaded.txt";

  @TempDir private Path folder = Path.of("replaced by JUnit");
  private Unpacked unpacked;
  private Path cache = folder;

  @BeforeEach
  void unpack() throws Exception {
    folder = folder.toRealPath();
    unpacked = Unpacked.in(folder);
    cache = folder.resolve("the cache");
  }

  @Test
  void theFirstUseMakesIt_ofTwoAtOnceOneDoes_andItServesOnlyWhatItFits() throws Exception {
    List<Process> first = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      first.add(
          unpacked
              .command(script(), with(Map.of()), "rule", "origin-path")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("first" + i).toFile())
              .start());
    }
    for (Process each : first) {
      assertThat(each.waitFor()).isZero();
    }
    Path archive = awaitArchive();
    assertThat(files()).containsExactly(archive);
    assertThat(Files.getPosixFilePermissions(cache))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));

    for (String[] command :
        new String[][] {
          {"rule", "origin-path"},
          {"lint", "corsac.yaml"},
          {"diff", "corsac.yaml", "corsac.yaml"},
          {"explain", "blocked"},
          {"doctor", "--help"},
          {"audit", "--help"},
          {"origins", "list", "--help"},
          {"keys", "create", "--help"},
          {"problem", "--help"},
          {"--help"}
        }) {
      Files.copy(
          unpacked.home().resolve("corsac.yaml"),
          folder.resolve("corsac.yaml"),
          StandardCopyOption.REPLACE_EXISTING);
      Ended plain = unpacked.run(Map.of(), command);
      Ended shared = unpacked.run(with(Map.of("JAVA_OPTS", SHOW)), command);
      assertThat(shared).as("%s", List.of(command)).isEqualTo(plain);
      assertThat(fromArchive()).as("%s", List.of(command)).isTrue();
    }
    // The collector of another run, and one that has no use for such archives.
    for (String options : List.of("-XX:+UseG1GC", "-XX:-UseCompressedOops")) {
      assertThat(unpacked.run(with(Map.of("JAVA_OPTS", options)), "rule", "origin-path"))
          .as(options)
          .isEqualTo(unpacked.run(Map.of(), "rule", "origin-path"));
    }
  }

  @Test
  void withoutAPlaceForIt_theCommandRuns() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (Map<String, String> variables :
        List.of(
            Map.of("CORSAC_CACHE", file + "/below", "CORSAC_CDS", ""),
            Map.of("CORSAC_CACHE", "/proc/nothing", "CORSAC_CDS", ""),
            Map.of("CORSAC_CACHE", "relative", "CORSAC_CDS", ""),
            Map.of("HOME", "", "CORSAC_CDS", ""),
            Map.of("XDG_CACHE_HOME", file.toString(), "CORSAC_CDS", ""))) {
      Ended ended = unpacked.run(variables, "rule", "origin-path");
      assertThat(ended)
          .as("%s", variables)
          .isEqualTo(unpacked.run(Map.of(), "rule", "origin-path"));
    }
    assertThat(folder.resolve("relative")).doesNotExist();
  }

  @Test
  void whatIsNotAnArchive_isNoHarm() throws Exception {
    unpacked.run(with(Map.of()), "rule", "origin-path");
    Path archive = awaitArchive();
    assertThat(archive.toFile().setWritable(true)).isTrue();
    Files.writeString(archive, "no archive");
    assertThat(unpacked.run(with(Map.of()), "rule", "origin-path"))
        .isEqualTo(unpacked.run(Map.of(), "rule", "origin-path"));
  }

  @Test
  void make_putsItBesideTheJars_andNoOtherJarsAreServedFromIt() throws Exception {
    Ended made = unpacked.run(Map.of("CORSAC_CDS", "make"));
    assertThat(made.code()).as(made.output()).isZero();
    assertThat(sharesClasses()).isTrue();

    Path jar = jar("picocli-");
    FileTime time = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    assertThat(sharesClasses()).as("a newer jar").isFalse();
    // Older than the archive, but not what it was made of: the JVM sees that.
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1000));
    assertThat(sharesClasses()).as("an older jar").isFalse();
    Files.setLastModifiedTime(jar, time);
    assertThat(sharesClasses()).as("the jar").isTrue();

    // Same size and time: only the contents tell.
    Path own = jar("corsac-demo-");
    FileTime built = Files.getLastModifiedTime(own);
    byte[] bytes = Files.readAllBytes(own);
    bytes[bytes.length / 2] ^= 1;
    Files.write(own, bytes);
    Files.setLastModifiedTime(own, built);
    assertThat(sharesClasses()).as("another build").isFalse();
  }

  /** With no folder for one of its own, so that it makes none. */
  private boolean sharesClasses() throws IOException, InterruptedException {
    Map<String, String> variables = Map.of("CORSAC_CDS", "", "HOME", "", "JAVA_OPTS", SHOW);
    assertThat(unpacked.run(variables, "rule", "origin-path"))
        .isEqualTo(unpacked.run(Map.of(), "rule", "origin-path"));
    return fromArchive();
  }

  private Path script() {
    return unpacked.home().resolve("corsac");
  }

  private Map<String, String> with(Map<String, String> more) {
    Map<String, String> all =
        new HashMap<>(Map.of("CORSAC_CDS", "", "CORSAC_CACHE", cache.toString()));
    all.putAll(more);
    return all;
  }

  private boolean fromArchive() throws IOException {
    return Files.readString(folder.resolve("loaded.txt"))
        .contains("dev.corsac.cli.Corsac source: shared objects file");
  }

  private Path jar(String prefix) throws IOException {
    try (Stream<Path> jars = Files.list(unpacked.home().resolve("lib"))) {
      return jars.filter(each -> each.getFileName().toString().startsWith(prefix))
          .findFirst()
          .orElseThrow();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(cache)) {
      return all.toList();
    }
  }

  private Path awaitArchive() throws IOException, InterruptedException {
    awaitQuiet();
    return files().stream()
        .filter(each -> each.toString().endsWith(".jsa"))
        .findFirst()
        .orElseThrow();
  }

  /** Until nobody makes an archive any more; the folder would be removed under them. */
  private void awaitQuiet() throws IOException, InterruptedException {
    while (!Files.isDirectory(cache)) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    TimeUnit.MILLISECONDS.sleep(500);
    while (files().stream().anyMatch(each -> each.toString().endsWith(".lock"))) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
