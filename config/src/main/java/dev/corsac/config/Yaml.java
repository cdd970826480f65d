package dev.corsac.config;

import dev.corsac.finding.SettingPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A YAML document as a tree that knows where each of its nodes stands. */
sealed interface Yaml {
  Place place();

  /** The same node, and all below it, where a path leads to. */
  Yaml at(SettingPath path);

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

    @Override
    public Scalar at(SettingPath path) {
      return new Scalar(text, quoted, verbatim, new Place(path, place.position()));
    }
  }

  /** A list. */
  record Sequence(List<Yaml> items, Place place) implements Yaml {
    @Override
    public Sequence at(SettingPath path) {
      List<Yaml> placed = new ArrayList<>(items.size());
      for (Yaml item : items) {
        placed.add(item.at(path.index(placed.size())));
      }
      return new Sequence(List.copyOf(placed), new Place(path, place.position()));
    }
  }

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

    @Override
    public Mapping at(SettingPath path) {
      List<Entry> placed = new ArrayList<>(entries.size());
      for (Entry entry : entries) {
        SettingPath below = path.key(entry.key.text);
        placed.add(new Entry(entry.key.at(below), entry.value.at(below)));
      }
      return new Mapping(List.copyOf(placed), new Place(path, place.position()));
    }
  }

  /** A key with its value. */
  record Entry(Scalar key, Yaml value) {}
}
