package dev.corsac.origins;

import dev.corsac.config.origins.OriginsFrom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows the rows of a database. PostgreSQL tells of changes, and its version is asked now and
 * then in case a message was lost; the file of an embedded H2 is looked at, and the database opened
 * only to read it, so that others can write.
 */
final class DatabaseFeed implements Runnable {
  private static final long LOOK_MILLIS = 250;
  private static final long RETRY_MILLIS = 500;
  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long FULL_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final int FETCH = 10_000;

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
          listen();
        } else {
          look();
        }
      } catch (SQLException e) {
        live.miss(Database.reason(e));
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
      Held.Collector collector = new Held.Collector(live.terms(), 0);
      Instant when = snapshot.read((pattern, expires) -> collector.add(pattern, expires, ""));
      live.takeKept(collector.finish(), when, "the database was not asked yet");
    } catch (NoSuchFileException e) {
      // The first start.
    } catch (IOException e) {
      live.notKept("the file from before is of no use: " + OriginsFile.reason(e));
    }
  }

  /** Follows a PostgreSQL until it cannot be reached. */
  private void listen() throws SQLException, IOException {
    try (Connection connection = database.connect(false)) {
      Notifications notifications = new Notifications(connection);
      // After LISTEN, so that no change falls between the two.
      long version = loadOrCreate(connection);
      long loaded = System.nanoTime();
      long checked = loaded;
      while (!live.closed()) {
        boolean told = notifications.await();
        long now = System.nanoTime();
        if (told || now - checked > CHECK_NANOS) {
          checked = now;
          if (version(connection) != version || now - loaded > FULL_NANOS) {
            version = load(connection);
            loaded = now;
          } else {
            confirm();
          }
        }
      }
    }
  }

  /** Follows the file of an H2 until it cannot be read. */
  private void look() throws SQLException, IOException {
    Path file = database.file();
    FileTime read = null;
    if (!Files.exists(file)) {
      create();
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
    try (Connection connection = database.connect(false)) {
      load(connection);
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
      create();
    }
    return tables;
  }

  private void create() throws IOException {
    try (OriginStore store = OriginStore.open(database)) {
      store.ready();
    }
  }

  private long loadOrCreate(Connection connection) throws SQLException, IOException {
    try {
      return load(connection);
    } catch (SQLException e) {
      if (!Database.hasNoTables(e)) {
        throw e;
      }
      create();
      return load(connection);
    }
  }

  private void confirm() {
    live.confirm();
    if (snapshot != null) {
      snapshot.confirm();
    }
  }

  private long version(Connection connection) throws SQLException {
    if (!database.isPostgres()) {
      return 0;
    }
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT version FROM corsac_origin_version")) {
      return result.next() ? result.getLong(1) : -1;
    }
  }

  /** Reads all rows in one transaction; returns the version that they are of. */
  private long load(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try {
      if (database.isPostgres()) {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      }
      long version = version(connection);
      Held.Collector collector = new Held.Collector(live.terms(), count(connection));
      @Nullable String notKept = read(connection, collector);
      connection.commit();
      live.take(collector.finish(), Instant.now());
      live.notKept(notKept);
      return version;
    } finally {
      if (!connection.isClosed()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private int count(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT count(*) FROM corsac_origin WHERE policy = ?")) {
      statement.setString(1, database.policy());
      try (ResultSet result = statement.executeQuery()) {
        return result.next() ? result.getInt(1) : 0;
      }
    }
  }

  /** Reads the rows and keeps them on disk as they come; returns why they could not be kept. */
  private @Nullable String read(Connection connection, Held.Collector collector)
      throws SQLException {
    @Nullable String notKept = null;
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT pattern, expires FROM corsac_origin"
                    + " WHERE policy = ? AND (expires IS NULL OR expires > current_timestamp)");
        Kept kept = new Kept(snapshot)) {
      statement.setFetchSize(FETCH);
      statement.setString(1, database.policy());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String pattern = rows.getString(1);
          OffsetDateTime end = rows.getObject(2, OffsetDateTime.class);
          Instant expires = end == null ? null : end.toInstant();
          if (collector.add(pattern, expires, "")) {
            kept.add(pattern, expires);
          }
        }
      }
      kept.finish();
      notKept = kept.problem;
    }
    return notKept;
  }

  /** Rows on their way to the disk, whose problems never keep them from being served. */
  private static final class Kept implements AutoCloseable {
    private Snapshot.@Nullable Writer writer;
    private @Nullable String problem;

    Kept(@Nullable Snapshot snapshot) {
      try {
        writer = snapshot == null ? null : snapshot.writer();
      } catch (IOException e) {
        fail(e);
      }
    }

    void add(String pattern, @Nullable Instant expires) {
      Snapshot.Writer open = writer;
      try {
        if (open != null) {
          open.add(pattern, expires);
        }
      } catch (IOException e) {
        fail(e);
      }
    }

    void finish() {
      Snapshot.Writer open = writer;
      try {
        if (open != null) {
          open.finish();
        }
      } catch (IOException e) {
        fail(e);
      }
    }

    private void fail(IOException e) {
      problem = OriginsFile.reason(e);
      close();
    }

    @Override
    public void close() {
      Snapshot.Writer open = writer;
      writer = null;
      if (open != null) {
        open.close();
      }
    }
  }
}
