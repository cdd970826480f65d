package dev.corsac.doctor.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the module's texts, which are files beside its classes. The doctor's own: it is no API. */
public final class Resources {
  private Resources() {}

  /** The entries of a YAML file beside a class, by their keys. */
  public static Map<?, ?> map(Class<?> beside, String name) {
    return (Map<?, ?>) yaml(beside, name);
  }

  /** The entries of a YAML file beside a class that is a list. */
  public static List<?> list(Class<?> beside, String name) {
    return (List<?>) yaml(beside, name);
  }

  /** A text beside a class. */
  public static String text(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object yaml(Class<?> beside, String name) {
    return new Load(LoadSettings.builder().build()).loadFromString(text(beside, name));
  }
}
