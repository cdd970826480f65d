package dev.corsac.origins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows a file by looking at its size, time and identity several times a second, which works for
 * every way in which files are replaced.
 */
final class FileFeed implements Runnable {
  private static final long PERIOD_MILLIS = 150;

  /** More than the two seconds that the coarsest file systems count in. */
  private static final long DOUBT_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final LiveOrigins live;
  private final Path file;
  private @Nullable Look read;
  private long readAt;

  /** Tells one content from another. */
  private long rows;

  FileFeed(LiveOrigins live, Path file) {
    this.live = live;
    this.file = file;
  }

  /** What can be seen of a file without opening it. */
  private record Look(long size, long modified, @Nullable Object key) {
    static Look at(Path file) throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Look(now.size(), now.lastModifiedTime().to(TimeUnit.NANOSECONDS), now.fileKey());
    }
  }

  @Override
  public void run() {
    Look seen = null;
    boolean first = true;
    do {
      try {
        Look now = Look.at(file);
        // A file that is being written is let alone: it counts once two looks have seen the same.
        if ((first || now.equals(seen)) && (!now.equals(read) || changesUnseen())) {
          read(now);
        } else if (now.equals(read)) {
          live.confirm();
        }
        seen = now;
      } catch (IOException e) {
        seen = null;
        read = null;
        live.miss(OriginsFile.reason(e));
      } catch (RuntimeException e) {
        live.miss("a defect of Corsac, please report it: " + e);
      }
      first = false;
    } while (live.waits(PERIOD_MILLIS));
  }

  /** Whether a second change may have come too soon for the clock of the file system. */
  private boolean changesUnseen() {
    return System.nanoTime() - readAt < DOUBT_NANOS;
  }

  private void read(Look now) throws IOException {
    boolean again = now.equals(read);
    OriginsFile.check(file);
    long started = System.nanoTime();
    Held.Collector collector =
        new Held.Collector(live.terms(), (int) Math.min(now.size / 30, Integer.MAX_VALUE));
    long before = rows;
    rows = 0;
    OriginsFile.read(
        file,
        (row, where) -> {
          rows = 31 * rows + row.hashCode();
          collector.add(row.pattern(), row.expires().orElse(null), where);
        });
    if (again && rows == before) {
      live.confirm();
    } else {
      live.take(collector.finish(), Instant.now());
    }
    read = now;
    if (!again) {
      readAt = started;
    }
  }
}
