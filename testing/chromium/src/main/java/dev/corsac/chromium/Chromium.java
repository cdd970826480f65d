package dev.corsac.chromium;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A headless Chromium with a fresh profile that reaches for no network of its own.
 *
 * <p>The binary is {@code $CHROME_BIN}, else the first of the usual paths. Thread-safe; each {@link
 * Tab} is for one thread.
 */
public final class Chromium implements AutoCloseable {
  private static final List<String> USUAL_PATHS =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/usr/bin/google-chrome-stable",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  private static final Duration START = Duration.ofSeconds(30);

  private final Process process;
  private final Path profile;
  private final DevTools devTools;

  private Chromium(Process process, Path profile, DevTools devTools) {
    this.process = process;
    this.profile = profile;
    this.devTools = devTools;
  }

  /**
   * Starts a browser.
   *
   * @param arguments of the command line, beside the usual
   * @throws IllegalStateException if there is none, or it does not start
   */
  public static Chromium start(String... arguments) {
    try {
      Path profile = Files.createTempDirectory("corsac-chromium");
      List<String> command = new ArrayList<>();
      command.add(binary());
      command.addAll(
          List.of(
              "--headless",
              "--no-sandbox",
              "--disable-gpu",
              "--disable-quic",
              "--disable-dev-shm-usage",
              "--no-first-run",
              "--disable-background-networking",
              "--disable-component-update",
              "--disable-sync",
              "--remote-debugging-port=0",
              "--user-data-dir=" + profile));
      command.addAll(List.of(arguments));
      command.add("about:blank");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(profile.resolve("log.txt").toFile())
              .start();
      try {
        return new Chromium(
            process, profile, DevTools.connect(endpoint(process, profile), Duration.ofSeconds(30)));
      } catch (RuntimeException e) {
        end(process, profile);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens an empty tab with cookies and caches of its own. */
  public Tab newTab() {
    return newTab(
        devTools
            .call(null, "Target.createBrowserContext", JsonNodeFactory.instance.objectNode())
            .path("browserContextId")
            .asText());
  }

  Tab newTab(String context) {
    String target =
        devTools
            .call(
                null,
                "Target.createTarget",
                JsonNodeFactory.instance
                    .objectNode()
                    .put("url", "about:blank")
                    .put("browserContextId", context))
            .path("targetId")
            .asText();
    String session =
        devTools
            .call(
                null,
                "Target.attachToTarget",
                JsonNodeFactory.instance.objectNode().put("targetId", target).put("flatten", true))
            .path("sessionId")
            .asText();
    return new Tab(this, devTools, context, target, session);
  }

  @Override
  public void close() {
    devTools.close();
    end(process, profile);
  }

  private static void end(Process process, Path profile) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
    // Until the last of them is gone, files may come back.
    for (int i = 0; i < 50 && !delete(profile); i++) {
      Tab.sleep(Duration.ofMillis(100));
    }
  }

  private static boolean delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
    return !Files.exists(folder);
  }

  private static String binary() {
    String named = System.getenv("CHROME_BIN");
    if (named != null && !named.isEmpty()) {
      return named;
    }
    return USUAL_PATHS.stream()
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "There is no Chromium: install one, or name its binary in CHROME_BIN."));
  }

  /** Chromium writes the port it chose and the path of its web socket into its profile. */
  private static URI endpoint(Process process, Path profile) throws IOException {
    Path file = profile.resolve("DevToolsActivePort");
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() >= 2) {
          return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
        }
      }
      Tab.sleep(Duration.ofMillis(20));
    }
    throw new IllegalStateException(
        "Chromium did not start:\n" + Files.readString(profile.resolve("log.txt")));
  }
}
