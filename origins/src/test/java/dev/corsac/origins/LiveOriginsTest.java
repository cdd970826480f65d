package dev.corsac.origins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.OriginTerms;
import dev.corsac.config.origins.OriginsFrom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The environment and files. */
class LiveOriginsTest {
  private static final String SHOP = "https://shop.example.com";
  private static final String FAIR = "https://fair.example.com";

  @TempDir private Path folder = Path.of("replaced by JUnit");
  private final List<OriginsEvent> events = new CopyOnWriteArrayList<>();

  private LiveOrigins open(OriginsFrom from) {
    return LiveOrigins.open(from, OriginTerms.strict(), events::add);
  }

  private LiveOrigins file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return open(new OriginsFrom.File(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SHOP + "," + FAIR,
        SHOP + " " + FAIR,
        " " + SHOP + ",\n" + FAIR + ",,",
        "https://EXAMPLE.com," + SHOP + ",*," + FAIR
      })
  void environment(String value) {
    try (LiveOrigins live = open(new OriginsFrom.Environment("ORIGINS", value))) {
      assertThat(live.allows(SHOP)).isTrue();
      assertThat(live.allows(FAIR)).isTrue();
      assertThat(live.allows("https://evil.example")).isFalse();
    }
  }

  @Test
  void environment_unset() {
    try (LiveOrigins live = open(new OriginsFrom.Environment("ORIGINS", ""))) {
      assertThat(live.allows(SHOP)).isFalse();
      assertThat(live.status().state()).isEqualTo(OriginsStatus.State.CURRENT);
    }
  }

  @Test
  void text() throws IOException {
    try (LiveOrigins live =
        file(
            "origins.txt",
            "\ufeff# ours\n"
                + SHOP
                + "   # the shop\r\n\n\t"
                + "https://*.tenants.example.com\n"
                + "https://a.example#b\n"
                + "http://insecure.example\n"
                + "https://*.github.io\n"
                + "null\n*\n")) {
      assertThat(live.allows(SHOP)).isTrue();
      assertThat(live.allows("https://a.tenants.example.com")).isTrue();
      assertThat(live.allows("https://tenants.example.com")).isFalse();
      assertThat(live.allows("https://a.example")).isFalse();
      assertThat(live.allows("http://insecure.example")).isFalse();
      assertThat(live.allows("https://anyone.github.io")).isFalse();
      assertThat(live.allows("null")).isFalse();
      assertThat(live.allows("https://evil.example")).isFalse();
      assertThat(live.status().skipped()).isEqualTo(5);
      OriginsEvent.Loaded loaded = (OriginsEvent.Loaded) events.get(0);
      assertThat(loaded.refused().stream().map(each -> each.where() + " " + each.finding().rule()))
          .containsExactly(
              "line 5 ORIGIN_PATH",
              "line 6 INSECURE_ORIGIN_CREDENTIALS",
              "line 7 PUBLIC_SUFFIX_CREDENTIALS",
              "line 8 NULL_ORIGIN",
              "line 9 ANY_ORIGIN_CREDENTIALS");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- " + SHOP + "\n- " + FAIR,
        "[\"" + SHOP + "\", \"" + FAIR + "\"]",
        "origins:\n  - origin: " + SHOP + "\n    owner: sales\n    note: a shop\n  - " + FAIR,
        "- {origin: \"" + SHOP + "\", expires: 2999-12-31}\n- " + FAIR
      })
  void yaml(String text) throws IOException {
    try (LiveOrigins live = file("origins.yaml", text)) {
      assertThat(live.status().problem()).isEmpty();
      assertThat(live.allows(SHOP)).isTrue();
      assertThat(live.allows(FAIR)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- [",
        "origins: 5",
        "- {origin: x, colour: red}",
        "- {origin: \"" + SHOP + "\", expires: tomorrow}",
        "a: &a [*a, *a]",
        "!!javax.script.ScriptEngineManager [x]"
      })
  void yaml_wrong(String text) throws IOException {
    try (LiveOrigins live = file("origins.yaml", text)) {
      assertThat(live.status().state()).isEqualTo(OriginsStatus.State.UNREAD);
      assertThat(live.status().problem()).isPresent();
      assertThat(live.allows(SHOP)).isFalse();
    }
  }

  @Test
  void expired() throws IOException {
    try (LiveOrigins live =
        file("origins.yaml", "- {origin: \"" + SHOP + "\", expires: 2020-01-01}\n- " + FAIR)) {
      assertThat(live.allows(SHOP)).isFalse();
      assertThat(live.allows(FAIR)).isTrue();
    }
  }

  @Test
  void fileChanges() throws IOException, InterruptedException {
    Path file = folder.resolve("origins.txt");
    try (LiveOrigins live = open(new OriginsFrom.File(file))) {
      assertThat(live.status().state()).isEqualTo(OriginsStatus.State.UNREAD);
      assertThat(live.status().problem()).contains("it is not there");
      Files.writeString(file, SHOP);
      Eventually.holds("the shop is allowed", () -> live.allows(SHOP));
      Path other = folder.resolve("other.txt");
      Files.writeString(other, FAIR);
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      Eventually.holds("the fair is allowed", () -> live.allows(FAIR) && !live.allows(SHOP));
      Files.delete(file);
      Eventually.holds("it is stale", () -> live.status().state() == OriginsStatus.State.STALE);
      assertThat(live.allows(FAIR)).isTrue();
      Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 'x'});
      Eventually.holds(
          "it says why", () -> live.status().problem().equals(Optional.of("it is not UTF-8")));
      assertThat(live.allows(FAIR)).isTrue();
      Files.writeString(file, "");
      Eventually.holds("an empty file allows none", () -> !live.allows(FAIR));
    }
    assertThat(events).anyMatch(OriginsEvent.Unavailable.class::isInstance);
  }
}
