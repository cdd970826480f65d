package dev.corsac.config;

import java.util.List;

/** What a {@link ConfigWatcher} saw of its file. Values are immutable. */
public sealed interface ConfigEvent {

  /**
   * The file was read and has no error.
   *
   * @param config what it says
   * @param warnings those that were not there when it was read before
   */
  record Changed(CorsacConfig config, List<FileFinding> warnings) implements ConfigEvent {
    /** Copies the list. */
    public Changed {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The file was read and has errors.
   *
   * @param errors at least one
   */
  record Broken(List<FileFinding> errors) implements ConfigEvent {
    /** Copies the list. */
    public Broken {
      errors = List.copyOf(errors);
    }
  }

  /**
   * The file is there but cannot be read: a directory, a device, a pipe, no permission.
   *
   * @param reason the system's, or ours; half a sentence
   */
  record Unreadable(String reason) implements ConfigEvent {}

  /** The file is gone. */
  record Missing() implements ConfigEvent {}

  /** The file is there again; what it says is another event that follows. */
  record Returned() implements ConfigEvent {}
}
