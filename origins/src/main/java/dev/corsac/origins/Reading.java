package dev.corsac.origins;

import dev.corsac.OriginTerms;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a policy at one moment.
 *
 * @param place how far the journal was; 0 for a database without one
 * @param kept the file that they were written to, which does not count yet
 */
record Reading(Held held, long place, Kept kept) implements AutoCloseable {
  private static final int FETCH = 10_000;

  /**
   * Reads them.
   *
   * @param snapshot where to keep them; null for nowhere
   * @param ended asked on the way whether nobody wants them any more
   */
  static Reading of(
      Connection connection,
      Database database,
      OriginTerms terms,
      @Nullable Snapshot snapshot,
      BooleanSupplier ended)
      throws SQLException {
    return Database.inOneView(
        connection,
        () -> {
          long place = database.isPostgres() ? Journal.place(connection) : 0;
          Held.Collector collector =
              new Held.Collector(terms, count(connection, database.policy()));
          Kept kept = new Kept(snapshot);
          try {
            read(connection, database.policy(), collector, kept, ended);
          } catch (SQLException | RuntimeException e) {
            kept.close();
            throw e;
          }
          kept.finish();
          return new Reading(collector.finish(), place, kept);
        });
  }

  private static int count(Connection connection, String policy) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT count(*) FROM corsac_origin WHERE policy = ?")) {
      statement.setString(1, policy);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() ? result.getInt(1) : 0;
      }
    }
  }

  private static void read(
      Connection connection,
      String policy,
      Held.Collector collector,
      Kept kept,
      BooleanSupplier ended)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT pattern, expires FROM corsac_origin"
                + " WHERE policy = ? AND (expires IS NULL OR expires > ?)")) {
      statement.setFetchSize(FETCH);
      statement.setString(1, policy);
      statement.setObject(2, Instant.now().atOffset(ZoneOffset.UTC));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (ended.getAsBoolean()) {
            throw new SQLException("ended");
          }
          String pattern = rows.getString(1);
          @Nullable OffsetDateTime end = rows.getObject(2, OffsetDateTime.class);
          Instant expires = end == null ? null : end.toInstant();
          if (collector.add(pattern, expires, "")) {
            kept.add(pattern, expires);
          }
        }
      }
    }
  }

  @Override
  public void close() {
    kept.close();
  }
}
