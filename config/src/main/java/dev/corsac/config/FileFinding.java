package dev.corsac.config;

import dev.corsac.finding.Finding;
import dev.corsac.finding.Severity;

/**
 * A finding with its place in a file.
 *
 * @param file the file as it was named to us
 * @param line from 1
 * @param column from 1, in characters (Unicode code points)
 * @param endColumn the column after the last character of what is meant, on the same line; equal to
 *     {@code column} if that is a place and no text
 * @param finding what is wrong there
 */
public record FileFinding(String file, int line, int column, int endColumn, Finding finding) {

  /** The severity of the finding's rule. */
  public Severity severity() {
    return finding.severity();
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
