package dev.corsac.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.InvalidPolicyException;
import dev.corsac.origins.OriginsStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** {@code corsac.cors.allow-origins-from}. */
class OriginsFromTest {
  private static final long LONGEST_NANOS = 60_000_000_000L;

  @TempDir private Path folder = Path.of("replaced by JUnit");

  private static ReloadableCors cors(Map<String, String> properties) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("test", new TreeMap<String, Object>(properties)));
    return new ReloadableCors(environment);
  }

  private static OriginsStatus status(ReloadableCors cors) {
    return cors.origins().get(0);
  }

  @Test
  void followsAFile() throws IOException, InterruptedException {
    Path file = folder.resolve("origins.txt");
    Files.writeString(file, "https://shop.example\nhttp://plain.example\n");
    try (ReloadableCors cors =
        cors(
            Map.of(
                "corsac.cors.allow-origins-from[0].file",
                file.toString(),
                "corsac.cors.allow-credentials",
                "true"))) {
      assertThat(status(cors).origins()).isEqualTo(1);
      assertThat(status(cors).skipped()).isEqualTo(1);
      assertThat(cors.findings()).isEmpty();
      Files.writeString(file, "https://shop.example\nhttps://fair.example\n");
      long start = System.nanoTime();
      while (status(cors).origins() != 2) {
        assertThat(System.nanoTime() - start).isLessThan(LONGEST_NANOS);
        Thread.sleep(10);
      }
    }
  }

  @Test
  void aWrongPlaceStopsTheApplication() {
    assertThatThrownBy(() -> cors(Map.of("corsac.cors.allow-origins-from[0].database.user", "sa")))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("corsac.cors.allow-origins-from[0].database")
        .hasMessageContaining("The database has no url");
    assertThatThrownBy(() -> cors(Map.of("corsac.cors.allow-origins-from[0].fiel", "x")))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining("did you mean file?");
  }

  @Test
  void aDatabaseWithoutItsDriverIsSaidToLackIt() {
    try (ReloadableCors cors =
        cors(
            Map.of(
                "corsac.cors.allow-origins-from[0].database.url",
                "jdbc:postgresql://127.0.0.1:1/none",
                "corsac.cors.allow-origins-from[0].database.policy",
                "shop"))) {
      assertThat(status(cors).state()).isEqualTo(OriginsStatus.State.UNREAD);
      assertThat(status(cors).problem().orElse(""))
          .contains("org.postgresql:postgresql is not on the class path");
    }
  }
}
