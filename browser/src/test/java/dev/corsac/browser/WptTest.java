package dev.corsac.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The profile of the standard against what web-platform-tests demand: cases transcribed from their
 * files, each with the file, its version and the name of the test.
 *
 * <p>{@code -Dcorsac.wpt=FILE} (plain or .gz) runs another file of the same form instead. A case
 * that is {@code setAside} is not counted: its note says why, such as that the file is older than a
 * change of the standard, or that what it tests is outside the model.
 */
class WptTest {
  private static final String FILE = "corsac.wpt";

  @Test
  @SuppressWarnings("SystemOut") // The figures are what the test is run for.
  void modelDoesWhatWebPlatformTestsDemand() throws IOException {
    Map<String, List<String>> disagreements = new TreeMap<>();
    int counted = 0;
    int setAside = 0;
    for (JsonNode test : cases()) {
      if (test.path("setAside").asBoolean()) {
        assertThat(test.path("note").asText()).as(test.path("id").asText()).isNotEmpty();
        setAside++;
        continue;
      }
      counted++;
      List<String> found = WptCase.differences(test);
      if (!found.isEmpty()) {
        disagreements.put(test.path("id").asText() + "  " + test.path("test").asText(), found);
      }
    }
    System.out.println(
        (counted - disagreements.size())
            + " of "
            + counted
            + " agree; "
            + setAside
            + " are set aside");
    assertThat(counted).isPositive();
    assertThat(disagreements).as("cases on which the model disagrees").isEmpty();
  }

  private static JsonNode cases() throws IOException {
    String file = System.getProperty(FILE);
    if (file == null) {
      return read(
          Objects.requireNonNull(WptTest.class.getResourceAsStream("/wpt-cases.json.gz")), true);
    }
    Path found = Files.exists(Path.of(file)) ? Path.of(file) : Path.of("..").resolve(file);
    return read(Files.newInputStream(found), file.endsWith(".gz"));
  }

  private static JsonNode read(InputStream file, boolean gzipped) throws IOException {
    try (InputStream in = gzipped ? new GZIPInputStream(file) : file) {
      return new ObjectMapper().readTree(in).path("cases");
    }
  }
}
