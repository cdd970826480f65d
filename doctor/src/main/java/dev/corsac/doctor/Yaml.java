package dev.corsac.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The module's own texts, which are YAML files beside its classes. */
final class Yaml {
  private Yaml() {}

  /** The entries of a file, by key. */
  static Map<?, ?> read(String resource) {
    return (Map<?, ?>) load(resource);
  }

  /** The entries of a file that is a list. */
  static List<?> readList(String resource) {
    return (List<?>) load(resource);
  }

  private static Object load(String resource) {
    try (InputStream in = Yaml.class.getResourceAsStream(resource)) {
      Objects.requireNonNull(in, resource);
      return new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
