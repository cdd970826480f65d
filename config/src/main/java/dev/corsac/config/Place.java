package dev.corsac.config;

import dev.corsac.finding.SettingPath;

/**
 * Where something is: in what is configured, and in the file, if there is one.
 *
 * @param path from the top of what is configured, with the profile merged into it
 * @param position in the file; {@link Position#NONE} without one
 */
record Place(SettingPath path, Position position) {
  static final Place START = at(Position.START);

  /** A place in a file whose path is not known, or not yet. */
  static Place at(Position position) {
    return new Place(SettingPath.ROOT, position);
  }
}
