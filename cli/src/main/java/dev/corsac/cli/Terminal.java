package dev.corsac.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether somebody sits in front of the command who can be asked. */
final class Terminal {
  private Terminal() {}

  /** The console of a terminal, or null if input or output is a file or a pipe. */
  @SuppressWarnings("SystemConsoleNull") // isTerminal is asked where there is one.
  static @Nullable Console console() {
    Console console = System.console();
    if (console == null) {
      return null;
    }
    try {
      // Since JDK 22 there may be a console without a terminal.
      Object isTerminal = Console.class.getMethod("isTerminal").invoke(console);
      return Boolean.TRUE.equals(isTerminal) ? console : null;
    } catch (ReflectiveOperationException olderJdk) {
      return console;
    }
  }
}
