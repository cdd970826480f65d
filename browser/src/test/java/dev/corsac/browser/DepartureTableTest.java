package dev.corsac.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table in the package's description says what {@link Engine} says. */
class DepartureTableTest {
  private static final List<Engine> COLUMNS =
      List.of(Engine.CHROMIUM, Engine.FIREFOX, Engine.WEBKIT);

  @Test
  void tableHasEveryDeparture() throws IOException {
    List<String> table =
        Files.readAllLines(Path.of("src/main/java/dev/corsac/browser/package-info.java")).stream()
            .dropWhile(line -> !line.endsWith(" Chromium Firefox WebKit"))
            .skip(1)
            .takeWhile(line -> !line.contains("</pre>"))
            .toList();
    List<String> expected = new ArrayList<>();
    for (Departure departure : Departure.values()) {
      StringBuilder row = new StringBuilder(" * %%-%ds".formatted(WIDTH).formatted(departure));
      COLUMNS.forEach(each -> row.append(each.departs(departure) ? "    x   " : "        "));
      expected.add(row.toString().stripTrailing());
    }
    assertThat(table).isEqualTo(expected);
  }

  private static final int WIDTH = 44;
}
