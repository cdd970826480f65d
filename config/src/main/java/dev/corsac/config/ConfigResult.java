package dev.corsac.config;

import java.util.List;
import java.util.Optional;

/**
 * What came of reading a file: its findings, and its configuration unless one of them is an error.
 *
 * @param config the configuration; empty if there is an error
 * @param profile the profile with which the file was read; empty if it was read without one
 * @param findings errors and warnings, by line and column
 */
public record ConfigResult(
    Optional<CorsacConfig> config, Optional<String> profile, List<FileFinding> findings) {

  /** Copies the list. */
  public ConfigResult {
    findings = List.copyOf(findings);
  }
}
