package dev.corsac.origins;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows the rows of a PostgreSQL over one connection: reads all of them once, and then what the
 * journal says has changed. Now and then it reads all of them again beside that, in case something
 * was changed past the journal.
 */
final class PostgresFeed {
  private static final long WHOLE_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long REWRITE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Many changes one after the other cost at most a fifth of a processor. */
  private static final int PAUSES = 4;

  private static final long SHORTEST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 400;

  private final LiveOrigins live;
  private final Database database;
  private final @Nullable Snapshot snapshot;
  private Held held;
  private long place;
  private long wholeAt;
  private @Nullable CompletableFuture<Reading> again;

  PostgresFeed(LiveOrigins live, Database database, @Nullable Snapshot snapshot) {
    this.live = live;
    this.database = database;
    this.snapshot = snapshot;
    this.held = Held.none(live.terms());
  }

  /** Follows until the database cannot be reached, or nobody wants to know any more. */
  void follow() throws SQLException, IOException {
    try (Connection connection = database.connect(false)) {
      Notifications notifications = new Notifications(live, connection);
      // After LISTEN, so that no change falls between the two.
      takeWhole(readOrCreate(connection));
      Journal journal = new Journal(connection, database.policy());
      while (!live.closed()) {
        boolean ask = notifications.await();
        if (!takeAgain(journal) && ask) {
          long started = System.nanoTime();
          update(connection, journal);
          long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
          live.waits(
              Math.max(SHORTEST_PAUSE_MILLIS, Math.min(PAUSES * took, LONGEST_PAUSE_MILLIS)));
        }
        readAgainIfDue();
      }
    } finally {
      CompletableFuture<Reading> unwanted = again;
      if (unwanted != null && !unwanted.cancel(false) && !unwanted.isCompletedExceptionally()) {
        unwanted.join().close();
      }
    }
  }

  private Reading readOrCreate(Connection connection) throws SQLException, IOException {
    try {
      return read(connection);
    } catch (SQLException e) {
      if (!Database.hasNoTables(e)) {
        throw e;
      }
      database.create();
      return read(connection);
    }
  }

  private Reading read(Connection connection) throws SQLException {
    return Reading.of(connection, database, live.terms(), snapshot, live::closed);
  }

  private void takeWhole(Reading reading) {
    held = reading.held();
    place = reading.place();
    wholeAt = System.nanoTime();
    live.take(held, Instant.now());
    live.notKept(reading.kept().replace());
  }

  private void update(Connection connection, Journal journal) throws SQLException {
    Optional<Journal.Changes> changes = journal.since(place);
    if (changes.isEmpty()) {
      takeWhole(read(connection));
      return;
    }
    place = changes.get().place();
    List<Change> rows = changes.get().rows();
    if (rows.isEmpty()) {
      live.confirm();
      if (snapshot != null) {
        snapshot.confirm();
      }
      return;
    }
    held = held.with(live.terms(), rows);
    live.take(held, Instant.now());
    keep(rows);
  }

  private void keep(List<Change> rows) {
    if (snapshot == null || !snapshot.isWhole() || rows.isEmpty()) {
      return;
    }
    try {
      // What is refused could be any text, and is not there to be removed.
      snapshot.append(
          rows.stream().filter(row -> Held.accepts(live.terms(), row.pattern())).toList());
      live.notKept(null);
    } catch (IOException e) {
      live.notKept(OriginsFile.reason(e));
    }
  }

  /** Starts to read all rows over a connection of its own, while changes are still followed. */
  private void readAgainIfDue() {
    boolean rewrite = snapshot != null && (!snapshot.isWhole() || snapshot.isLong());
    if (again != null || System.nanoTime() - wholeAt < (rewrite ? REWRITE_NANOS : WHOLE_NANOS)) {
      return;
    }
    CompletableFuture<Reading> reading = new CompletableFuture<>();
    again = reading;
    Runnable task =
        () -> {
          try (Connection connection = database.connect(false)) {
            Reading read = read(connection);
            if (!reading.complete(read)) {
              read.close();
            }
          } catch (SQLException | RuntimeException e) {
            reading.completeExceptionally(e);
          }
        };
    LiveOrigins.daemon(task, "corsac-origins-check");
  }

  /**
   * Takes what was read again, if it is there, with the changes that came meanwhile; says whether
   * it did.
   */
  private boolean takeAgain(Journal journal) throws SQLException {
    CompletableFuture<Reading> reading = again;
    if (reading == null || !reading.isDone()) {
      return false;
    }
    again = null;
    // If there is none, the next try is as good, and what is followed is what the journal says.
    wholeAt = System.nanoTime() - WHOLE_NANOS + REWRITE_NANOS;
    try (Reading whole = reading.join()) {
      Optional<Journal.Changes> changes = journal.since(whole.place());
      if (changes.isEmpty()) {
        return false;
      }
      List<Change> rows = changes.get().rows();
      takeWhole(
          new Reading(whole.held().with(live.terms(), rows), changes.get().place(), whole.kept()));
      keep(rows);
      return true;
    } catch (CompletionException e) {
      return false;
    }
  }
}
