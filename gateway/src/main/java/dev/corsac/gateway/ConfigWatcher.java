package dev.corsac.gateway;

import dev.corsac.Finding;
import dev.corsac.Severity;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.ConfigResult;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.FileFinding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a {@code corsac.yaml} and hands on each good version of it; a bad one is reported with
 * its lines and columns, and what served before goes on serving.
 *
 * <p>The content is looked at, several times a second: that works for editors that write a file in
 * place, for those that rename a new one over it, for mounted volumes and for links.
 */
public final class ConfigWatcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("corsac");
  private static final long PERIOD_MILLIS = 150;

  private final Path file;
  private final Map<String, String> environment;
  private final Consumer<CorsacConfig> onChange;
  private final Thread thread;
  private byte[] loaded;
  private byte[] seen;
  private Set<Finding> known;
  private volatile boolean closed;

  private ConfigWatcher(
      Path file, Map<String, String> environment, Consumer<CorsacConfig> onChange) {
    this.file = file;
    this.environment = Map.copyOf(environment);
    this.onChange = onChange;
    this.loaded = content(file);
    this.seen = loaded;
    this.known = alreadySaid(file, this.environment);
    this.thread = new Thread(this::watch, "corsac-config");
    thread.setDaemon(true);
  }

  /**
   * Starts to watch.
   *
   * @param environment as for {@link ConfigLoader#load}
   * @param onChange gets each good version, such as {@link Gateway#reload}
   */
  public static ConfigWatcher start(
      Path file, Map<String, String> environment, Consumer<CorsacConfig> onChange) {
    ConfigWatcher watcher = new ConfigWatcher(file, environment, onChange);
    watcher.thread.start();
    return watcher;
  }

  /** Reads the file now, changed or not; what a SIGHUP asks for. */
  public synchronized void reload() {
    loaded = content(file);
    seen = loaded;
    try {
      ConfigResult result = ConfigLoader.load(file, environment);
      CorsacConfig config = result.config().orElse(null);
      if (config == null) {
        result.findings().stream()
            .filter(finding -> finding.severity() == Severity.ERROR)
            .forEach(finding -> log.error("corsac  {}", finding));
        log.error("corsac  {} has errors, so the policy from before stays", file);
        return;
      }
      warnOfWhatIsNew(result);
      onChange.accept(config);
      log.info("corsac  reloaded {}", file);
    } catch (IOException e) {
      log.error(
          "corsac  {} cannot be read, so the policy from before stays: {}", file, e.toString());
    } catch (RuntimeException e) {
      log.error("corsac  {} was not reloaded, so the policy from before stays", file, e);
    }
  }

  /** What was said before, at the start or at another reload, is not said again. */
  private void warnOfWhatIsNew(ConfigResult result) {
    for (FileFinding warning : result.findings()) {
      if (!known.contains(warning.finding())) {
        log.warn("corsac  {}", warning);
      }
    }
    known = findings(result);
  }

  private static Set<Finding> findings(ConfigResult result) {
    return result.findings().stream().map(FileFinding::finding).collect(Collectors.toSet());
  }

  private static Set<Finding> alreadySaid(Path file, Map<String, String> environment) {
    try {
      return findings(ConfigLoader.load(file, environment));
    } catch (IOException e) {
      return Set.of();
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void watch() {
    while (!closed) {
      try {
        Thread.sleep(PERIOD_MILLIS);
        look();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** A file that is being written is let alone: it counts once two looks have seen the same. */
  private synchronized void look() {
    byte[] now = content(file);
    boolean settled = Arrays.equals(now, seen);
    seen = now;
    if (settled && !Arrays.equals(now, loaded)) {
      reload();
    }
  }

  /** Empty while there is no file, as between the two steps of some editors. */
  private static byte[] content(Path file) {
    try {
      return ConfigLoader.bytes(file);
    } catch (IOException e) {
      return new byte[0];
    }
  }
}
