package dev.corsac.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A YAML document as a tree that knows where each of its nodes stands. */
sealed interface Yaml {
  Place place();

  /**
   * Text, not yet read as anything.
   *
   * @param quoted whether it is in quotes or a block, so that it is a string and nothing else
   * @param verbatim whether the file shows the text as it is, one character for one
   */
  record Scalar(String text, boolean quoted, boolean verbatim, Place place) implements Yaml {
    boolean isNull() {
      return !quoted
          && (text.isEmpty()
              || text.equals("~")
              || text.equals("null")
              || text.equals("Null")
              || text.equals("NULL"));
    }
  }

  /** A list. */
  record Sequence(List<Yaml> items, Place place) implements Yaml {}

  /** Keys and values in the order of the file; a key stands once. */
  record Mapping(List<Entry> entries, Place place) implements Yaml {
    @Nullable Entry get(String key) {
      for (Entry entry : entries) {
        if (entry.key.text.equals(key)) {
          return entry;
        }
      }
      return null;
    }
  }

  /** A key with its value. */
  record Entry(Scalar key, Yaml value) {}
}
