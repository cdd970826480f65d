package dev.corsac.gateway.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that is made of files, and made anew when they change. If the files as they are then make
 * none, the value from before stays.
 *
 * <p>Whole files are read and compared: they are small, and that works for files that are written
 * in place, renamed over, or reached by a link that is switched. A change counts once two looks
 * have seen the same, so that a key is not taken with the certificate of another. Thread-safe.
 */
public final class FromFiles<T> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("corsac");
  private static final int MOST_BYTES = 1 << 20;
  private static final long PERIOD_MILLIS = 500;

  private final String name;
  private final List<Path> files;
  private final Maker<T> maker;
  private final Consumer<T> changed;
  private final ScheduledFuture<?> looks;
  private List<byte[]> used;
  private List<byte[]> seen;
  private String lastProblem = "";
  private volatile T current;

  /** Makes a value of what is in the files. */
  public interface Maker<T> {
    /**
     * Makes one.
     *
     * @throws IOException with a message that says in a whole sentence what is wrong
     */
    T make(List<byte[]> contents) throws IOException;
  }

  private FromFiles(
      String name,
      List<Path> files,
      Maker<T> maker,
      Consumer<T> changed,
      ScheduledExecutorService clock)
      throws IOException {
    this.name = name;
    this.files = List.copyOf(files);
    this.maker = maker;
    this.changed = changed;
    this.used = read();
    this.seen = used;
    this.current = maker.make(used);
    this.looks =
        clock.scheduleWithFixedDelay(
            this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Reads files and goes on to look at them.
   *
   * @param name what the log calls them
   * @param changed is given every value but the first
   * @throws IOException if they cannot be read or make no value
   */
  public static <T> FromFiles<T> of(
      String name,
      List<Path> files,
      Maker<T> maker,
      Consumer<T> changed,
      ScheduledExecutorService clock)
      throws IOException {
    return new FromFiles<>(name, files, maker, changed, clock);
  }

  /** The value of now. */
  public T current() {
    return current;
  }

  /** Looks no more. */
  @Override
  public void close() {
    looks.cancel(false);
  }

  private synchronized void look() {
    try {
      List<byte[]> now = read();
      boolean settled = same(now, seen);
      seen = now;
      if (settled && !same(now, used)) {
        used = now;
        current = maker.make(now);
        changed.accept(current);
        lastProblem = "";
        log.info("corsac  {}: the files have changed and are used", name);
      }
    } catch (IOException | RuntimeException e) {
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(lastProblem)) {
        lastProblem = problem;
        log.error("corsac  {}: {} What was read before stays.", name, problem);
      }
    }
  }

  private static boolean same(List<byte[]> one, List<byte[]> other) {
    for (int i = 0; i < one.size(); i++) {
      if (!Arrays.equals(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  private List<byte[]> read() throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new IOException(file + (Files.exists(file) ? " is not a file." : " is not there."));
      }
      try (InputStream stream = Files.newInputStream(file)) {
        byte[] content = stream.readNBytes(MOST_BYTES + 1);
        if (content.length > MOST_BYTES) {
          throw new IOException(file + " is larger than 1 MiB.");
        }
        contents.add(content);
      } catch (AccessDeniedException e) {
        throw new IOException(file + " may not be read by this user.", e);
      } catch (NoSuchFileException e) {
        throw new IOException(file + " is not there.", e);
      } catch (FileSystemException e) {
        throw new IOException(file + " cannot be read: " + e.getReason() + ".", e);
      }
    }
    return contents;
  }
}
