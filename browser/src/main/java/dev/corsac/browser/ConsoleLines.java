package dev.corsac.browser;

import org.jspecify.annotations.Nullable;

/** What each engine's console says about a block. */
final class ConsoleLines {
  private ConsoleLines() {}

  static @Nullable String of(Engine engine, Block block) {
    return null;
  }
}
