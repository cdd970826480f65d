package dev.corsac.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The archive in a folder of its own, and the command that is in it. */
final class Unpacked {
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  private final Path folder;
  private final Path home;
  private final Map<String, String> environment;

  private Unpacked(Path folder, Path home) {
    this.folder = folder;
    this.home = home;
    // No Maven, and nothing else of the machine that runs the test.
    this.environment =
        Map.of(
            "PATH", "/usr/bin:/bin",
            "JAVA_HOME", JAVA_HOME.toString(),
            "HOME", folder.toString(),
            "TMPDIR", folder.toString(),
            "CORSAC_CDS", "off");
  }

  static Path archive() {
    return Path.of(System.getProperty("corsac.archive"));
  }

  static Unpacked in(Path folder) throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder("tar", "-xzf", archive().toString(), "-C", folder.toString())
            .inheritIO()
            .start();
    if (tar.waitFor() != 0) {
      throw new IOException("tar failed");
    }
    try (Stream<Path> files = Files.list(folder)) {
      Path home =
          files
              .filter(each -> each.getFileName().toString().startsWith("corsac-"))
              .findFirst()
              .orElseThrow();
      return new Unpacked(folder, home);
    }
  }

  Path home() {
    return home;
  }

  /** A process in the folder; an empty value takes a variable away. */
  ProcessBuilder command(Path script, Map<String, String> variables, String... arguments) {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().putAll(variables);
    builder.environment().values().removeIf(String::isEmpty);
    return builder;
  }

  /** Runs to the end, and says the exit code and both streams. */
  Ended run(Path script, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    Process process = command(script, variables, arguments).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("it does not end: " + output);
    }
    return new Ended(process.exitValue(), output);
  }

  Ended run(Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    return run(home.resolve("corsac"), variables, arguments);
  }

  record Ended(int code, String output) {}
}
