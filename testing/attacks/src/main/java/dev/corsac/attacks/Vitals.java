package dev.corsac.attacks;

import dev.corsac.attacks.http.Threads;
import dev.corsac.attacks.lab.CorsacProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a gateway holds at one moment, and what it has written.
 *
 * @param heap bytes of live objects, after a full collection
 * @param resident bytes of memory that the system gave it; -1 where it does not tell
 * @param files open files, sockets included; -1 where the system does not tell
 * @param logged bytes of its log so far
 * @param series how many its metrics have
 */
record Vitals(long heap, long resident, long files, long threads, long logged, long series) {
  /** Longer than the gateway keeps a connection to an upstream that nobody uses. */
  private static final int QUIET_SECONDS = 8;

  static final String HEADER =
      String.format(
          Locale.ROOT,
          "%-28s %10s %8s %8s %6s %8s %8s %7s %8s %8s",
          "after",
          "requests",
          "live MB",
          "RSS MB",
          "files",
          "threads",
          "log kB",
          "series",
          "p50 ms",
          "p99 ms");

  static Vitals of(CorsacProcess gateway) {
    long pid = gateway.pid();
    try {
      long heap = heap(pid);
      return new Vitals(
          heap,
          resident(pid),
          entries(pid, "fd"),
          entries(pid, "task"),
          gateway.logBytes(),
          gateway.series());
    } catch (IOException e) {
      throw new IllegalStateException("the gateway is gone", e);
    }
  }

  /** Once the connections that nobody uses are closed: when no more close for so long. */
  static Vitals atRest(CorsacProcess gateway) {
    long pid = gateway.pid();
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
    return of(gateway);
  }

  /** A line of the table under {@link #HEADER}. */
  String line(String after, long requests, Latencies latencies) {
    return String.format(
        Locale.ROOT,
        "%-28s %10d %8.2f %8.1f %6d %8d %8d %7d %8.2f %8.2f",
        after,
        requests,
        heap / 1e6,
        resident / 1e6,
        files,
        threads,
        logged / 1000,
        series,
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

  private static long resident(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.exists(status)) {
      return -1;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(-1);
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
