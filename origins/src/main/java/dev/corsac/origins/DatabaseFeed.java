package dev.corsac.origins;

import dev.corsac.config.origins.OriginsFrom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Follows the rows of a database: those of a PostgreSQL as {@link PostgresFeed} does; the file of
 * an embedded H2 is looked at, and the database opened only to read it, so that others can write.
 */
final class DatabaseFeed implements Runnable {
  private static final long LOOK_MILLIS = 250;
  private static final long RETRY_MILLIS = 500;

  private final LiveOrigins live;
  private final Database database;
  private final @Nullable Snapshot snapshot;

  DatabaseFeed(LiveOrigins live, OriginsFrom.Database from) {
    this.live = live;
    this.database = new Database(from);
    this.snapshot = from.snapshot().map(file -> new Snapshot(file, from.toString())).orElse(null);
  }

  @Override
  public void run() {
    readKept();
    do {
      try {
        if (database.isPostgres()) {
          new PostgresFeed(live, database, snapshot).follow();
        } else {
          look();
        }
      } catch (SQLException e) {
        live.miss(database.reason(e));
      } catch (IOException e) {
        live.miss(OriginsFile.reason(e));
      } catch (RuntimeException | LinkageError e) {
        live.miss("a defect of Corsac, please report it: " + e);
      }
    } while (live.waits(RETRY_MILLIS));
  }

  private void readKept() {
    if (snapshot == null) {
      return;
    }
    try {
      Held.Collector collector = new Held.Collector(live.terms(), snapshot.about());
      Instant when = snapshot.read(collector::change);
      live.takeKept(collector.finish(), when, "the database was not asked yet");
    } catch (NoSuchFileException e) {
      // The first start.
    } catch (IOException e) {
      live.notKept("the file from before is of no use: " + OriginsFile.reason(e));
    }
  }

  /** Follows the file of an H2 until it cannot be read. */
  private void look() throws SQLException, IOException {
    Path file = database.file();
    FileTime read = null;
    if (!Files.exists(file)) {
      database.create();
    }
    do {
      FileTime now = Files.getLastModifiedTime(file);
      if (now.equals(read)) {
        live.confirm();
        continue;
      }
      if (loadEmbedded()) {
        read = now;
      }
    } while (live.waits(LOOK_MILLIS));
  }

  /** Reads an embedded database; false if someone has it open, who will be done in a moment. */
  private boolean loadEmbedded() throws SQLException, IOException {
    if (!database.enter(0)) {
      return false;
    }
    boolean tables = true;
    try (Connection connection = database.connect(false);
        Reading reading = Reading.of(connection, database, live.terms(), snapshot, live::closed)) {
      live.take(reading.held(), Instant.now());
      live.notKept(reading.kept().replace());
    } catch (SQLException e) {
      tables = !Database.hasNoTables(e);
      if (Database.isLocked(e)) {
        return false;
      }
      if (tables) {
        throw e;
      }
    } finally {
      database.leave();
    }
    if (!tables) {
      database.create();
    }
    return tables;
  }
}
