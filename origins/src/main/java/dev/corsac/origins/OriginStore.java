package dev.corsac.origins;

import com.zaxxer.hikari.HikariDataSource;
import dev.corsac.OriginTerms;
import dev.corsac.config.origins.OriginsFrom;
import dev.corsac.finding.Finding;
import dev.corsac.finding.Severity;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The origins that a database has for a policy: who registers them uses this, and gateways follow
 * within a second.
 *
 * <pre>{@code
 * try (OriginStore store = OriginStore.open(database)) {
 *   List<Finding> findings = store.add(OriginRow.of("https://shop.example.com"), OriginTerms.strict());
 * }
 * }</pre>
 *
 * <p>What the terms refuse never gets in. An embedded H2 is open as long as the store is, and no
 * longer than a change takes it should be, since gateways wait for it. Thread-safe.
 */
public final class OriginStore implements AutoCloseable {
  private static final int FETCH = 5_000;
  private static final int FEW = 1_000;

  private final Database database;
  private final HikariDataSource source;
  private final AtomicBoolean inside = new AtomicBoolean(true);

  private OriginStore(Database database, HikariDataSource source) {
    this.database = database;
    this.source = source;
  }

  /**
   * Opens the store and makes its tables if there are none.
   *
   * @throws IOException if the database cannot be reached or has no such tables and no right to
   *     make them; the message says why, as a clause
   */
  public static OriginStore open(OriginsFrom.Database from) throws IOException {
    OriginStore store = open(new Database(from));
    try {
      store.ready();
      return store;
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  static OriginStore open(Database database) throws IOException {
    enter(database);
    try {
      return new OriginStore(database, database.pool());
    } catch (IOException | RuntimeException e) {
      database.leave();
      throw e;
    }
  }

  private static void enter(Database database) throws IOException {
    if (!database.enter(Database.LOCK_MILLIS)) {
      throw new IOException("another part of this program has it open");
    }
  }

  /** Makes the tables if there are none. */
  void ready() throws IOException {
    try {
      database.awaitUnlocked();
      try (Connection connection = source.getConnection()) {
        connection.isValid(1);
      }
    } catch (SQLException e) {
      throw unreachable(e);
    }
    database.migrate(source);
  }

  /**
   * Gives every row of a database's policy, by pattern, and changes nothing: neither a database nor
   * tables are made.
   *
   * @throws IOException if the database is not there, cannot be reached, or has no tables of
   *     origins; the message says why, as a clause
   */
  public static void read(OriginsFrom.Database from, Consumer<? super OriginRow> rows)
      throws IOException {
    Database database = new Database(from);
    enter(database);
    try (Connection connection = database.connectToRead()) {
      forEach(connection, database, rows);
    } catch (NoSuchFileException e) {
      throw new IOException(OriginsFile.reason(e), e);
    } catch (SQLException e) {
      throw new IOException(
          Database.hasNoTables(e) ? "it has no tables of origins" : database.reason(e), e);
    } finally {
      database.leave();
    }
  }

  /** Gives every row of the policy, by pattern. */
  public void forEach(Consumer<? super OriginRow> rows) throws IOException {
    try (Connection connection = source.getConnection()) {
      forEach(connection, database, rows);
    } catch (SQLException e) {
      throw unreachable(e);
    }
  }

  private static void forEach(
      Connection connection, Database database, Consumer<? super OriginRow> rows)
      throws SQLException {
    String sql =
        "SELECT pattern, owner, note, created, expires FROM corsac_origin WHERE policy = ? ORDER BY"
            + " pattern";
    connection.setAutoCommit(false);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH);
      statement.setString(1, database.policy());
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.accept(
              new OriginRow(
                  result.getString(1),
                  result.getString(2),
                  result.getString(3),
                  instant(result, 4),
                  instant(result, 5)));
        }
      }
    }
    connection.rollback();
  }

  private static Optional<Instant> instant(ResultSet result, int column) throws SQLException {
    @Nullable OffsetDateTime time = result.getObject(column, OffsetDateTime.class);
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }

  /**
   * Registers an origin, or changes owner, note and end of one that is there.
   *
   * @return what is wrong with it; it was refused if one of the findings is an error
   */
  public List<Finding> add(OriginRow row, OriginTerms terms) throws IOException {
    List<Finding> findings = terms.check(row.pattern());
    if (findings.stream().noneMatch(each -> each.severity() == Severity.ERROR)) {
      try (Import registering = importing(terms, false)) {
        registering.add(row);
        registering.finish();
      }
    }
    return findings;
  }

  /** Removes an origin; says whether it was there. */
  public boolean remove(String pattern) throws IOException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "DELETE FROM corsac_origin WHERE policy = ? AND pattern = ?")) {
      statement.setString(1, database.policy());
      statement.setString(2, pattern);
      return statement.executeUpdate() > 0;
    } catch (SQLException e) {
      throw unreachable(e);
    }
  }

  /**
   * Starts to register many origins as one change.
   *
   * @param replace whether those that are there and do not come again are removed
   */
  public Import importing(OriginTerms terms, boolean replace) throws IOException {
    return new Import(terms, replace);
  }

  @Override
  public void close() {
    if (inside.getAndSet(false)) {
      source.close();
      database.leave();
    }
  }

  private IOException unreachable(SQLException e) {
    return new IOException(database.reason(e), e);
  }

  /**
   * Origins on their way in, which count together once {@link #finish} was called; what is there
   * already and the same is not touched. Not thread-safe.
   */
  public final class Import implements AutoCloseable {
    private final OriginTerms terms;
    private final boolean replace;
    private final Connection connection;
    private final Map<String, OriginRow> few = new LinkedHashMap<>();
    private @Nullable Staging staging;

    private Import(OriginTerms terms, boolean replace) throws IOException {
      this.terms = terms;
      this.replace = replace;
      try {
        connection = source.getConnection();
        connection.setAutoCommit(false);
      } catch (SQLException e) {
        throw unreachable(e);
      }
    }

    /**
     * Adds an origin, unless the terms refuse it; of one that comes twice the last counts.
     *
     * @return what is wrong with it
     */
    public List<Finding> add(OriginRow row) throws IOException {
      List<Finding> findings = terms.check(row.pattern());
      if (findings.stream().anyMatch(each -> each.severity() == Severity.ERROR)) {
        return findings;
      }
      few.put(row.pattern(), row);
      if (few.size() == FEW) {
        try {
          stage();
        } catch (SQLException e) {
          throw unreachable(e);
        }
      }
      return findings;
    }

    private Staging stage() throws SQLException {
      Staging open = staging;
      if (open == null) {
        open = Staging.of(connection, database);
        staging = open;
      }
      open.add(few.values());
      few.clear();
      return open;
    }

    /** Lets everything that was added count, at once. */
    public void finish() throws IOException {
      try {
        if (replace || staging != null) {
          stage().finish(replace);
        } else {
          Staging.addFew(connection, database, few.values());
        }
        connection.commit();
      } catch (SQLException e) {
        throw unreachable(e);
      }
    }

    /** Without {@link #finish} before, nothing was changed. */
    @Override
    public void close() throws IOException {
      try (connection) {
        Staging open = staging;
        if (open != null) {
          open.close();
        }
        connection.rollback();
      } catch (SQLException e) {
        throw unreachable(e);
      }
    }
  }
}
