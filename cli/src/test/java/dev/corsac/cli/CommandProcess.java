package dev.corsac.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command as a process of this JVM and of this build's classes. */
final class CommandProcess {
  private CommandProcess() {}

  /** A process that prints what it would if the script had started it. */
  static ProcessBuilder of(String jvmOption, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(jvmOption);
    if (Runtime.version().feature() >= 24) {
      // As the script does: such a JVM warns of what Netty does.
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Corsac.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }
}
