package dev.corsac.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.CorsPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatcherTest {
  private static final String A = "https://a.example";
  private static final String B = "https://b.example";

  @TempDir private Path folder = Path.of("replaced by JUnit");

  private final BlockingQueue<ConfigEvent> events = new LinkedBlockingQueue<>();
  private Path file = Path.of("set in set()");
  private @Nullable ConfigWatcher watcher;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("corsac.yaml"), yaml(A));
  }

  @AfterEach
  void close() {
    if (watcher != null) {
      watcher.close();
    }
  }

  @Test
  void aFileWrittenInPlace_orRenamedOver() throws Exception {
    watch(file);
    Files.writeString(file, yaml(B));
    changedTo(B);
    replace(yaml(A));
    changedTo(A);
    nothingMore();
  }

  @Test
  void aChangeThatNeitherSizeNorTimeTells() throws Exception {
    FileTime time = Files.getLastModifiedTime(file);
    watch(file);
    Files.writeString(file, yaml(B));
    Files.setLastModifiedTime(file, time);
    changedTo(B);
  }

  @Test
  void aTimeThatGoesBack() throws Exception {
    watch(file);
    Path old = Files.writeString(folder.resolve("old"), yaml(B));
    Files.setLastModifiedTime(old, FileTime.fromMillis(0));
    Files.move(old, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    changedTo(B);
  }

  /** As a ConfigMap is mounted: the file is a link through a link that is switched. */
  @Test
  void aLinkThatIsSwitched() throws Exception {
    Path mount = Files.createDirectory(folder.resolve("mount"));
    version(mount, "..2026_1", A);
    version(mount, "..2026_2", B);
    Files.createSymbolicLink(mount.resolve("..data"), Path.of("..2026_1"));
    Path link =
        Files.createSymbolicLink(mount.resolve("corsac.yaml"), Path.of("..data/corsac.yaml"));
    watch(link);
    Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2026_2"));
    Files.move(
        mount.resolve("..data_tmp"),
        mount.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    changedTo(B);
  }

  private static void version(Path mount, String name, String origin) throws IOException {
    Path data = Files.createDirectory(mount.resolve(name));
    Files.writeString(data.resolve("corsac.yaml"), yaml(origin));
  }

  @Test
  void aFileThatIsGone_isToldOnce_andItsReturn() throws Exception {
    watch(file);
    Files.delete(file);
    assertThat(next()).isEqualTo(new ConfigEvent.Missing());
    nothingMore();
    Files.writeString(file, yaml(A));
    assertThat(next()).isEqualTo(new ConfigEvent.Returned());
    changedTo(A);
    nothingMore();
  }

  @Test
  void noFileAfterAll_directoryPipeDevice_andBack() throws Exception {
    watch(file);
    Files.delete(file);
    Files.createDirectory(file);
    unreadable("it is a directory");
    Files.delete(file);
    assertThat(next()).isEqualTo(new ConfigEvent.Missing());

    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    unreadable("it is a device or a pipe");
    Path zero = Files.createSymbolicLink(folder.resolve("zero"), Path.of("/dev/zero"));
    Files.move(zero, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    nothingMore();

    replace(yaml(B));
    changedTo(B);
  }

  @Test
  void aHugeFile_isAnError() throws Exception {
    watch(file);
    replace("# " + "x".repeat(YamlParser.MAX_LENGTH));
    assertThat(next())
        .isInstanceOfSatisfying(
            ConfigEvent.Broken.class,
            broken ->
                assertThat(broken.errors())
                    .extracting(error -> error.finding().rule())
                    .containsExactly(FileRule.FILE_SYNTAX));
    replace(yaml(A));
    changedTo(A);
  }

  @Test
  void warnings_areToldWhenTheyAreNew() throws Exception {
    watch(file);
    Files.writeString(file, yaml("http://a.example"));
    assertThat(next())
        .isInstanceOfSatisfying(
            ConfigEvent.Changed.class, changed -> assertThat(changed.warnings()).hasSize(1));
    Files.writeString(file, yaml("http://a.example") + "  max_age: 5000\n");
    assertThat(next())
        .isInstanceOfSatisfying(
            ConfigEvent.Changed.class, changed -> assertThat(changed.warnings()).isEmpty());
  }

  @Test
  void reload_readsAlsoWhatHasNotChanged_andSaysAgainWhatIsWrong() throws Exception {
    ConfigWatcher its = watch(file);
    its.reload();
    changedTo(A);
    Files.delete(file);
    Files.createDirectory(file);
    unreadable("it is a directory");
    its.reload();
    unreadable("it is a directory");
    nothingMore();
  }

  @Test
  void aListenerThatFails_doesNotEndTheWatching() throws Exception {
    watcher =
        ConfigWatcher.start(
            file,
            Map.of(),
            event -> {
              events.add(event);
              throw new IllegalStateException("thrown by a test");
            });
    Files.writeString(file, yaml(B));
    changedTo(B);
    Files.writeString(file, yaml(A));
    changedTo(A);
  }

  private ConfigWatcher watch(Path its) {
    ConfigWatcher started = ConfigWatcher.start(its, Map.of(), events::add);
    watcher = started;
    return started;
  }

  private void replace(String yaml) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), yaml);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private ConfigEvent next() throws InterruptedException {
    ConfigEvent event = events.poll(20, TimeUnit.SECONDS);
    assertThat(event).as("an event within 20 s").isNotNull();
    return event == null ? new ConfigEvent.Missing() : event;
  }

  private void nothingMore() throws InterruptedException {
    assertThat(events.poll(600, TimeUnit.MILLISECONDS)).isNull();
  }

  private void unreadable(String reason) throws InterruptedException {
    ConfigEvent event = next();
    // Between two steps of ours there may be two looks.
    while (event instanceof ConfigEvent.Missing || event instanceof ConfigEvent.Returned) {
      event = next();
    }
    assertThat(event).isEqualTo(new ConfigEvent.Unreadable(reason));
  }

  private void changedTo(String origin) throws InterruptedException {
    assertThat(next())
        .isInstanceOfSatisfying(
            ConfigEvent.Changed.class,
            changed ->
                assertThat(changed.config().cors().map(CorsPolicy::toString).orElse("off"))
                    .contains(origin));
  }

  private static String yaml(String origin) {
    return "cors:\n  allow_origins: [\"" + origin + "\"]\n";
  }
}
