package dev.corsac.config;

/** Where something stands in a file: line and columns from 1, the end exclusive. */
record Place(int line, int column, int endColumn) {
  static final Place START = new Place(1, 1, 1);
}
