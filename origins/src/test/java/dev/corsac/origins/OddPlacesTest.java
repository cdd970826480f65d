package dev.corsac.origins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.OriginTerms;
import dev.corsac.config.origins.OriginsFrom;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places that are not what they should be. */
class OddPlacesTest {
  private static final String SHOP = "https://shop.example.com";
  private static final String FAIR = "https://fair.example.com";

  @TempDir private Path folder = Path.of("replaced by JUnit");
  private final List<OriginsEvent> events = new CopyOnWriteArrayList<>();

  private LiveOrigins open(OriginsFrom from) {
    return LiveOrigins.open(from, OriginTerms.strict(), events::add);
  }

  @Test
  void aPipeOrADevice_isNotOpened() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (Path odd : List.of(pipe, Path.of("/dev/zero"), folder)) {
      try (LiveOrigins live = open(new OriginsFrom.File(odd))) {
        assertThat(live.status().problem().orElseThrow()).startsWith("it is a d");
        assertThat(live.status().state()).isEqualTo(OriginsStatus.State.UNREAD);
      }
    }
  }

  @Test
  void tenMillionCharacters() throws IOException {
    Path file = folder.resolve("long.txt");
    Files.writeString(file, SHOP + "\nhttps://" + "a".repeat(10_000_000));
    try (LiveOrigins live = open(new OriginsFrom.File(file))) {
      assertThat(live.status().problem()).contains("line 2 is longer than 10000 characters");
      assertThat(live.allows(SHOP)).as("nothing of a file that is refused").isFalse();
    }
    Files.writeString(file, (SHOP + "\n").repeat(10_000_000 / SHOP.length()));
    try (LiveOrigins live = open(new OriginsFrom.File(file))) {
      Eventually.holds("it is read", () -> live.status().origins() == 1);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Of which nothing is taken into memory, whatever it says of its size. */
  @ParameterizedTest
  @ValueSource(strings = {"huge.txt", "huge.yaml"})
  void aFileThatIsTooLargeForTheHeap(String name) throws IOException {
    Path file = folder.resolve(name);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 30);
    }
    try (LiveOrigins live = open(new OriginsFrom.File(file))) {
      assertThat(live.status().problem().orElseThrow())
          .startsWith("it is larger than ")
          .endsWith(" MiB takes");
    }
  }

  @Test
  void aChangeIsToldOnce() throws IOException, InterruptedException {
    Path file = folder.resolve("origins.txt");
    Files.writeString(file, SHOP);
    try (LiveOrigins live = open(new OriginsFrom.File(file))) {
      Thread.sleep(1000);
      assertThat(events).hasSize(1);
      Files.writeString(file, FAIR);
      Eventually.holds("it is read", () -> live.allows(FAIR));
      Thread.sleep(1000);
      assertThat(events).hasSize(2);
    }
  }

  /** As a ConfigMap of Kubernetes is mounted: a link to a link to a folder that is switched. */
  @Test
  void aLinkThatIsSwitched() throws IOException, InterruptedException {
    Path data = folder.resolve("..data");
    Path first = Files.createDirectory(folder.resolve("..1"));
    Path second = Files.createDirectory(folder.resolve("..2"));
    Files.writeString(first.resolve("origins.txt"), SHOP);
    Files.writeString(second.resolve("origins.txt"), FAIR);
    Files.setLastModifiedTime(
        second.resolve("origins.txt"), Files.getLastModifiedTime(first.resolve("origins.txt")));
    Files.createSymbolicLink(data, first.getFileName());
    Path file = folder.resolve("origins.txt");
    Files.createSymbolicLink(file, Path.of("..data", "origins.txt"));
    try (LiveOrigins live = open(new OriginsFrom.File(file))) {
      assertThat(live.allows(SHOP)).isTrue();
      Path next = folder.resolve("..data_tmp");
      Files.createSymbolicLink(next, second.getFileName());
      Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
      Eventually.holds("the fair is allowed", () -> live.allows(FAIR) && !live.allows(SHOP));
    }
  }

  /** It accepts connections and says nothing. */
  @Test
  void aSilentDatabase_holdsNothingUp() throws IOException, InterruptedException {
    Path kept = folder.resolve("kept.snapshot");
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      OriginsFrom.Database database =
          new OriginsFrom.Database(
              "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/x",
              "me",
              "",
              "shop",
              Optional.of(kept));
      Snapshot snapshot = new Snapshot(kept, database.toString());
      try (Snapshot.Writer writer = snapshot.writer()) {
        writer.add(SHOP, null);
        writer.finish();
        writer.replace();
      }
      try (LiveOrigins live = open(database)) {
        assertThat(live.allows(SHOP)).isTrue();
        assertThat(live.status().state()).isEqualTo(OriginsStatus.State.STALE);
        Eventually.holds("it says why", () -> !events.isEmpty());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1:1/x?password=hunter2-in-url&sslpassword=hunter2-tls",
        "jdbc:postgresql://me:hunter2-in-url@127.0.0.1:1/x",
        "jdbc:postgresql://127.0.0.1:port/x?password=hunter2-in-url",
        "jdbc:postgresql://127.0.0.1:1/x?password=hunter2%2din-url&sslmode=never",
        "jdbc:h2:file:/dev/null/x;PASSWORD=hunter2-in-url",
        "jdbc:h2:file:/dev/null/x;UNKNOWN_SETTING=hunter2-in-url",
        "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'hunter2-in-url'"
      })
  void aPassword_isToldToNobody(String url) {
    OriginsFrom.Database database =
        new OriginsFrom.Database(url, "me", "hunter2", "shop", Optional.empty());
    try (LiveOrigins live = open(database)) {
      assertThat(live.status().toString()).doesNotContain("hunter2");
      assertThat(live.status().problem()).isPresent();
    }
    assertThat(events.toString()).doesNotContain("hunter2").isNotEqualTo("[]");
    assertThatThrownBy(() -> OriginStore.open(database).close())
        .isInstanceOf(IOException.class)
        .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING)
        .doesNotContain("hunter2");
  }
}
