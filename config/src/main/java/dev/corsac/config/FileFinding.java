package dev.corsac.config;

import dev.corsac.finding.Finding;
import dev.corsac.finding.Severity;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A finding with its place in a file. Two are equal if they say the same of the same place.
 * Immutable and thread-safe.
 */
public final class FileFinding {
  private final String file;
  private final int line;
  private final int column;
  private final int endColumn;
  private final Finding finding;

  FileFinding(String file, int line, int column, int endColumn, Finding finding) {
    this.file = file;
    this.line = line;
    this.column = column;
    this.endColumn = endColumn;
    this.finding = finding;
  }

  /** The file as it was named to us. */
  public String file() {
    return file;
  }

  /** The line, from 1. */
  public int line() {
    return line;
  }

  /** The column, from 1, in characters (Unicode code points). */
  public int column() {
    return column;
  }

  /**
   * The column after the last character of what is meant, on the same line; equal to {@link
   * #column} if that is a place and no text.
   */
  public int endColumn() {
    return endColumn;
  }

  /** What is wrong there. */
  public Finding finding() {
    return finding;
  }

  /** The severity of the finding's rule. */
  public Severity severity() {
    return finding.severity();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FileFinding that
        && file.equals(that.file)
        && line == that.line
        && column == that.column
        && endColumn == that.endColumn
        && finding.equals(that.finding);
  }

  @Override
  public int hashCode() {
    return Objects.hash(file, line, column, endColumn, finding);
  }

  /** One line, such as {@code corsac.yaml:7:5: error: … [unknown-key]}. */
  @Override
  public String toString() {
    return Escaped.printable(file)
        + ":"
        + line
        + ":"
        + column
        + ": "
        + (severity() == Severity.ERROR ? "error: " : "warning: ")
        + finding.message()
        + " Fix: "
        + finding.fix()
        + " ["
        + finding.rule().id()
        + "]";
  }
}
