package dev.corsac.attacks.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The cases whose outcome is known not to be the right one, in {@code known-differences.txt}. The
 * list can only shrink: a case of it whose outcome has become right fails too.
 */
final class KnownDifferences {
  private static final Set<String> KNOWN = read();

  private KnownDifferences() {}

  private static Set<String> read() {
    try (InputStream in = KnownDifferences.class.getResourceAsStream("/known-differences.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("\\s*(#.*)?$", ""))
          .filter(line -> !line.isEmpty())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asserts that nothing was wrong with a case, or that something was with a known one. */
  static void check(String id, String description, List<String> wrong) {
    if (KNOWN.contains(id)) {
      assertThat(wrong)
          .as("%s is right now: take it out of known-differences.txt", id)
          .isNotEmpty();
    } else {
      assertThat(wrong).as("%s: %s", id, description).isEmpty();
    }
  }
}
