package dev.corsac.origins;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Rows on their way to the disk, whose problems never keep them from being served. */
final class Kept implements AutoCloseable {
  private Snapshot.@Nullable Writer writer;
  private @Nullable String problem;

  /**
   * Starts a file.
   *
   * @param snapshot null to keep nothing
   */
  Kept(@Nullable Snapshot snapshot) {
    if (snapshot != null) {
      tried(() -> writer = snapshot.writer());
    }
  }

  void add(String pattern, @Nullable Instant expires) {
    Snapshot.Writer open = writer;
    if (open != null) {
      tried(() -> open.add(pattern, expires));
    }
  }

  /** All rows were added. */
  void finish() {
    Snapshot.Writer open = writer;
    if (open != null) {
      tried(open::finish);
    }
  }

  /** Lets the file count; returns why there is none. */
  @Nullable String replace() {
    Snapshot.Writer open = writer;
    if (open != null) {
      tried(open::replace);
    }
    return problem;
  }

  private interface Step {
    void run() throws IOException;
  }

  private void tried(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      problem = OriginsFile.reason(e);
      close();
    }
  }

  /** Leaves nothing of a file that does not count. */
  @Override
  public void close() {
    Snapshot.Writer open = writer;
    writer = null;
    if (open != null) {
      open.close();
    }
  }
}
