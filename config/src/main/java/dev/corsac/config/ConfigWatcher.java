package dev.corsac.config;

import dev.corsac.finding.Finding;
import dev.corsac.finding.Severity;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Watches a {@code corsac.yaml} and tells what became of it.
 *
 * <p>Size, time and identity of the file are looked at, several times a second: that works for
 * editors that write a file in place, for those that rename a new one over it, for directories that
 * are mounted, and for links that are switched, as Kubernetes does. The file is read only when they
 * changed, and for a moment after that, since a second change may come too soon for the clock of
 * the file system.
 *
 * <p>Nothing that happens to the file ends the watching. Thread-safe; events come one at a time, on
 * a thread of the watcher's or on that of {@link #reload}.
 */
public final class ConfigWatcher implements AutoCloseable {
  private static final long PERIOD_MILLIS = 150;

  /** More than the two seconds that the coarsest file systems count in. */
  private static final long DOUBT_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final Look UNREAD = new Look("unread", 0, 0, null);

  private final Path file;
  private final Map<String, String> environment;
  private final Consumer<ConfigEvent> listener;
  private final Thread thread;
  private Look loaded;
  private Look seen;
  private byte[] content = new byte[0];
  private long readAt;
  private Set<Finding> known = Set.of();
  private @Nullable ConfigEvent last;
  private volatile boolean closed;

  /**
   * What a look tells.
   *
   * @param problem why there is no file to read; empty if there is one
   * @param key what tells two files of the same name and size apart, if the system has it
   */
  private record Look(String problem, long size, long modified, @Nullable Object key) {
    private static final String MISSING = "missing";

    static Look at(Path file) {
      try {
        BasicFileAttributes now = ConfigLoader.attributes(file);
        return new Look(
            "", now.size(), now.lastModifiedTime().to(TimeUnit.NANOSECONDS), now.fileKey());
      } catch (NoSuchFileException e) {
        return new Look(MISSING, 0, 0, null);
      } catch (IOException e) {
        return new Look(reason(e), 0, 0, null);
      }
    }

    boolean missing() {
      return problem.equals(MISSING);
    }
  }

  private ConfigWatcher(
      Path file, Map<String, String> environment, Consumer<ConfigEvent> listener) {
    this.file = file;
    this.environment = Map.copyOf(environment);
    this.listener = listener;
    this.loaded = Look.at(file);
    this.seen = loaded;
    this.thread = new Thread(this::watch, "corsac-config");
    thread.setDaemon(true);
    try {
      remember();
      known = findings(ConfigLoader.load(file, this.environment));
    } catch (IOException e) {
      // The first event will say so.
      loaded = UNREAD;
    }
  }

  /**
   * Starts to watch a file that was loaded just before.
   *
   * @param environment as for {@link ConfigLoader#load}
   */
  public static ConfigWatcher start(
      Path file, Map<String, String> environment, Consumer<ConfigEvent> listener) {
    ConfigWatcher watcher = new ConfigWatcher(file, environment, listener);
    watcher.thread.start();
    return watcher;
  }

  /** Reads the file now, changed or not; what a SIGHUP asks for. */
  public synchronized void reload() {
    last = null;
    seen = Look.at(file);
    take(seen);
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
    Look now = Look.at(file);
    boolean settled = now.equals(seen);
    seen = now;
    if (settled && (!now.equals(loaded) || changedUnseen(now))) {
      take(now);
    }
  }

  private boolean changedUnseen(Look now) {
    if (!now.problem().isEmpty() || System.nanoTime() - readAt > DOUBT_NANOS) {
      return false;
    }
    try {
      return !Arrays.equals(content, ConfigLoader.bytes(file));
    } catch (IOException e) {
      return false;
    }
  }

  private void take(Look now) {
    boolean returned = loaded.missing() && !now.missing();
    loaded = now;
    if (now.missing()) {
      tell(new ConfigEvent.Missing());
      return;
    }
    if (returned) {
      tell(new ConfigEvent.Returned());
    }
    ConfigEvent event =
        now.problem().isEmpty() ? read() : new ConfigEvent.Unreadable(now.problem());
    if (event instanceof ConfigEvent.Unreadable) {
      // A permission that is given changes nothing that a look sees, so it is tried again.
      loaded = UNREAD;
    }
    tell(event);
  }

  private ConfigEvent read() {
    try {
      remember();
      ConfigResult result = ConfigLoader.load(file, environment);
      CorsacConfig config = result.config().orElse(null);
      if (config == null) {
        return new ConfigEvent.Broken(
            result.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList());
      }
      List<FileFinding> news =
          result.findings().stream().filter(each -> !known.contains(each.finding())).toList();
      known = findings(result);
      return new ConfigEvent.Changed(config, news);
    } catch (IOException e) {
      return new ConfigEvent.Unreadable(reason(e));
    } catch (RuntimeException | StackOverflowError e) {
      return new ConfigEvent.Unreadable("a defect of Corsac, please report it: " + e);
    }
  }

  private void remember() throws IOException {
    content = ConfigLoader.bytes(file);
    readAt = System.nanoTime();
  }

  private void tell(ConfigEvent event) {
    boolean said = event instanceof ConfigEvent.Unreadable && event.equals(last);
    last = event;
    if (said) {
      return;
    }
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  private static Set<Finding> findings(ConfigResult result) {
    return result.findings().stream().map(FileFinding::finding).collect(Collectors.toSet());
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof FileSystemException known && known.getReason() != null
        ? known.getReason()
        : e.toString();
  }
}
