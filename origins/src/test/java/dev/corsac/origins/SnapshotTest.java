package dev.corsac.origins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.OriginTerms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start without the database finds on disk, whatever became of the file. */
class SnapshotTest {
  private static final Instant END = Instant.parse("2999-01-01T00:00:00Z");

  @TempDir private Path folder = Path.of("replaced by JUnit");
  private Path file = folder;

  @BeforeEach
  void name() {
    file = folder.resolve("kept.snapshot");
  }

  private Snapshot snapshot() {
    return new Snapshot(file, "database x policy shop");
  }

  /** What it says is allowed, as text. */
  private String allowed() throws IOException {
    Held.Collector collector = new Held.Collector(OriginTerms.strict(), 0);
    snapshot().read(collector::change);
    Held held = collector.finish();
    StringBuilder text = new StringBuilder();
    for (char c = 'a'; c <= 'e'; c++) {
      text.append(held.allows("https://" + c + ".example") ? c : '-');
    }
    return text.toString();
  }

  private static Change come(char name) {
    return new Change("https://" + name + ".example", true, name == 'c' ? END : null);
  }

  private static Change go(char name) {
    return new Change("https://" + name + ".example", false, null);
  }

  private Snapshot write() throws IOException {
    Snapshot snapshot = snapshot();
    try (Snapshot.Writer writer = snapshot.writer()) {
      writer.add("https://a.example", null);
      writer.add("https://b.example", END);
      writer.finish();
      assertThat(file).doesNotExist();
      writer.replace();
    }
    snapshot.append(List.of(come('c'), go('a')));
    snapshot.append(List.of(come('a'), go('b'), come('d')));
    return snapshot;
  }

  @Test
  void wholeAndAppended() throws IOException {
    Snapshot snapshot = write();
    assertThat(allowed()).isEqualTo("a-cd-");
    assertThat(snapshot.isWhole()).isTrue();
    assertThat(leftovers()).isEmpty();
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> !each.equals(file)).toList();
    }
  }

  @Test
  void cutOffAnywhere_isAStateThatWas() throws IOException {
    write();
    byte[] whole = Files.readAllBytes(file);
    List<String> states = new ArrayList<>();
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      String state;
      try {
        state = allowed();
      } catch (IOException e) {
        state = "none";
      }
      if (states.isEmpty() || !states.get(states.size() - 1).equals(state)) {
        states.add(state);
      }
    }
    assertThat(states).containsExactly("none", "ab---", "-bc--", "a-cd-");
  }

  @Test
  void aChangedByte_allowsNothingThatWasNot() throws IOException {
    write();
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      for (byte other : new byte[] {'e', '\n', 0, (byte) 0xff, '-'}) {
        if (whole[at] == other) {
          continue;
        }
        byte[] changed = whole.clone();
        changed[at] = other;
        Files.write(file, changed);
        try {
          assertThat(allowed()).isIn("ab---", "-bc--", "a-cd-");
        } catch (IOException e) {
          assertThat(e).hasMessageMatching("it is (damaged|of another database or policy)|Input.*");
        }
      }
    }
  }

  @Test
  void whatSomeoneElseWrote_isNotAppendedTo() throws IOException {
    Snapshot snapshot = write();
    Files.writeString(file, "x", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    assertThatThrownBy(() -> snapshot.append(List.of(come('e'))))
        .hasMessage("someone else has changed it");
    assertThat(snapshot.isWhole()).isFalse();
    assertThat(allowed()).isEqualTo("a-cd-");
    Instant before = Files.getLastModifiedTime(file).toInstant();
    snapshot.confirm();
    assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(before);
  }

  @Test
  void aFullDisk_leavesTheLastGoodState() throws IOException {
    Snapshot snapshot = write();
    Files.delete(file);
    assertThatThrownBy(() -> snapshot.append(List.of(come('e')))).isInstanceOf(IOException.class);
    Snapshot full = new Snapshot(Path.of("/dev/full"), "database x policy shop");
    assertThatThrownBy(() -> full.read(row -> {})).isInstanceOf(IOException.class);
    Kept kept = new Kept(new Snapshot(folder.resolve("none/kept.snapshot"), "x"));
    kept.add("https://a.example", null);
    kept.finish();
    assertThat(kept.replace()).isNotNull();
    assertThat(leftovers()).isEmpty();
  }
}
