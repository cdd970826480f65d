package dev.corsac.attacks;

import dev.corsac.attacks.http.Threads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a JVM holds at one moment.
 *
 * @param heap bytes of live objects, after a full collection
 * @param files open files, sockets included; -1 where the system does not tell
 */
record Vitals(long heap, long files, long threads) {
  /** Longer than the gateway keeps a connection to an upstream that nobody uses. */
  private static final int QUIET_SECONDS = 8;

  static final String HEADER =
      String.format(
          Locale.ROOT,
          "%-28s %10s %10s %8s %8s %8s %8s",
          "after",
          "requests",
          "live MB",
          "files",
          "threads",
          "p50 ms",
          "p99 ms");

  static Vitals of(long pid) {
    try {
      return new Vitals(heap(pid), entries(pid, "fd"), entries(pid, "task"));
    } catch (IOException e) {
      throw new IllegalStateException("the gateway is gone", e);
    }
  }

  /** Once the connections that nobody uses are closed: when no more close for so long. */
  static Vitals atRest(long pid) {
    try {
      long fewest = Long.MAX_VALUE;
      for (int quiet = 0; quiet < QUIET_SECONDS; quiet++) {
        long files = entries(pid, "fd");
        if (files < fewest) {
          fewest = files;
          quiet = 0;
        }
        Threads.sleep(1_000);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the gateway is gone", e);
    }
    return of(pid);
  }

  /** A line of the table under {@link #HEADER}. */
  String line(String after, long requests, Latencies latencies) {
    return String.format(
        Locale.ROOT,
        "%-28s %10d %10.2f %8d %8d %8.2f %8.2f",
        after,
        requests,
        heap / 1e6,
        files,
        threads,
        latencies.percentile(50),
        latencies.percentile(99));
  }

  private static long heap(long pid) throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    List<String> command = List.of(jcmd, Long.toString(pid), "GC.class_histogram");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return text.lines()
        .filter(line -> line.startsWith("Total"))
        .map(line -> line.trim().split(" +", -1))
        .mapToLong(columns -> Long.parseLong(columns[2]))
        .findFirst()
        .orElseThrow(() -> new IOException("jcmd said: " + text));
  }

  private static long entries(long pid, String kind) throws IOException {
    Path folder = Path.of("/proc", Long.toString(pid), kind);
    if (!Files.isDirectory(folder)) {
      return -1;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }
}
