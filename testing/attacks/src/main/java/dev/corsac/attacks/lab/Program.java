package dev.corsac.attacks.lab;

import dev.corsac.attacks.http.Threads;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Another program that runs beside this one, in a folder of its own that goes with it. */
public final class Program implements AutoCloseable {
  /** It is not on this computer. */
  public static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Missing(String message) {
      super(message);
    }
  }

  private static final int START_SECONDS = 300;

  private final Process process;
  private final Path folder;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  Program(Path folder, Map<String, String> environment, List<String> command) {
    this.folder = folder;
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(folder.resolve("stderr.log").toFile());
      builder.environment().putAll(environment);
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Threads.start("lines of " + command.get(0), this::read);
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // It has ended.
    }
  }

  static Path newFolder() {
    try {
      return Files.createTempDirectory("corsac-attacks");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of this module, with values for its holes. */
  static void writeResource(String name, Path to, Map<String, String> values) {
    try (InputStream in = Program.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not there");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace("${" + value.getKey() + "}", value.getValue());
      }
      Files.writeString(to, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a program is. */
  static String find(String name) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
    for (String each : path.split(File.pathSeparator, -1)) {
      Path file = Path.of(each, name);
      if (Files.isExecutable(file)) {
        return file.toString();
      }
    }
    throw new Missing(name + " was not found on PATH: install it to run this.");
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  Path folder() {
    return folder;
  }

  /** A line that it has written, if there is one. */
  @Nullable String pollLine() {
    return lines.poll();
  }

  /** Waits for the line that says that it is ready. */
  String awaitLine(String start) {
    try {
      while (true) {
        String line = lines.poll(START_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
          throw new IllegalStateException(
              "no line that starts with " + start + "; see " + folder.resolve("stderr.log"));
        }
        if (line.startsWith(start)) {
          return line;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void awaitPort(int port) {
    for (int i = 0; i < 200; i++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        Threads.sleep(50);
      }
    }
    throw new IllegalStateException("nothing listens; see " + folder.resolve("stderr.log"));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
