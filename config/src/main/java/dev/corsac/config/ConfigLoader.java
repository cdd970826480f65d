package dev.corsac.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code corsac.yaml}.
 *
 * <p>{@link #load} reads what runs: the file with the profile that {@code CORSAC_ENV}, else {@code
 * ENV} names. {@link #lint} checks everything that could run: the file by itself and with each of
 * its profiles.
 */
public final class ConfigLoader {
  private ConfigLoader() {}

  /**
   * Reads a file with the profile that the environment names; never throws for what is in the file.
   *
   * @param environment what {@code ${NAME}} and the choice of the profile are read from, such as
   *     {@link System#getenv()}
   * @throws IOException if the file cannot be read
   */
  public static ConfigResult load(Path file, Map<String, String> environment) throws IOException {
    return new ConfigResult(Optional.empty(), List.of());
  }

  /**
   * Checks a file by itself and with each of its profiles; never throws for what is in the file.
   *
   * @param environment what {@code ${NAME}} and the choice of the profile are read from
   * @return errors and warnings, by line and column; what several profiles share once
   * @throws IOException if the file cannot be read
   */
  public static List<FileFinding> lint(Path file, Map<String, String> environment)
      throws IOException {
    return new ConfigResult(Optional.empty(), List.of()).findings();
  }
}
