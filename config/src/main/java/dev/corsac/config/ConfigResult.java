package dev.corsac.config;

import java.util.List;
import java.util.Optional;

/**
 * What came of reading a file: its findings, and its configuration unless one of them is an error.
 * Immutable and thread-safe.
 */
public final class ConfigResult {
  private final Optional<CorsacConfig> config;
  private final Optional<String> profile;
  private final List<FileFinding> findings;

  ConfigResult(
      Optional<CorsacConfig> config, Optional<String> profile, List<FileFinding> findings) {
    this.config = config;
    this.profile = profile;
    this.findings = List.copyOf(findings);
  }

  /** The configuration; empty if there is an error. */
  public Optional<CorsacConfig> config() {
    return config;
  }

  /** The profile with which the file was read; empty if it was read without one. */
  public Optional<String> profile() {
    return profile;
  }

  /** Errors and warnings, by line and column. */
  public List<FileFinding> findings() {
    return findings;
  }
}
