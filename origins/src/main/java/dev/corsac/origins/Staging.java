package dev.corsac.origins;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A temporary table in which many origins wait: two statements then change the rows that differ,
 * however many there are.
 */
abstract class Staging {
  static final String NAME = "corsac_origin_import";

  private static final String REMOVE =
      "DELETE FROM corsac_origin AS origin WHERE policy = ? AND NOT EXISTS"
          + " (SELECT 1 FROM corsac_origin_import AS given WHERE given.pattern = origin.pattern)";

  private static final String KEEP_THE_SAME =
      " ON CONFLICT (policy, pattern) DO UPDATE"
          + " SET owner = excluded.owner, note = excluded.note, expires = excluded.expires"
          + " WHERE (origin.owner, origin.note, origin.expires)"
          + " IS DISTINCT FROM (excluded.owner, excluded.note, excluded.expires)";

  private static final String INSERT =
      "INSERT INTO corsac_origin AS origin (policy, pattern, owner, note, expires)";

  final Connection connection;
  private final String policy;
  private final String change;

  private Staging(Connection connection, String policy, String create, String change)
      throws SQLException {
    this.connection = connection;
    this.policy = policy;
    this.change = change;
    try (Statement statement = connection.createStatement()) {
      statement.execute(create);
    }
  }

  static Staging of(Connection connection, Database database) throws SQLException {
    return database.isPostgres()
        ? new Postgres(connection, database.policy())
        : new Embedded(connection, database.policy());
  }

  /** Adds some at once, or changes those that are there and differ. */
  static void addFew(Connection connection, Database database, Collection<OriginRow> rows)
      throws SQLException {
    String sql =
        database.isPostgres()
            ? INSERT + " VALUES (?, ?, ?, ?, ?)" + KEEP_THE_SAME
            : "MERGE INTO corsac_origin (policy, pattern, owner, note, expires)"
                + " KEY (policy, pattern) VALUES (?, ?, ?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (OriginRow row : rows) {
        statement.setString(1, database.policy());
        set(statement, 2, row);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void set(PreparedStatement statement, int from, OriginRow row)
      throws SQLException {
    statement.setString(from, row.pattern());
    statement.setString(from + 1, row.owner());
    statement.setString(from + 2, row.note());
    statement.setObject(
        from + 3,
        row.expires().map(end -> end.atOffset(ZoneOffset.UTC)).orElse(null),
        Types.TIMESTAMP_WITH_TIMEZONE);
  }

  abstract void add(Collection<OriginRow> rows) throws SQLException;

  /** Lets all be there, in the transaction of the connection. */
  void finish(boolean replace) throws SQLException {
    if (replace) {
      execute(REMOVE);
    }
    execute(change);
  }

  private void execute(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, policy);
      statement.executeUpdate();
    }
  }

  /** Leaves the connection as it was. */
  void close() throws SQLException {}

  private static final class Postgres extends Staging {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private final CopiedRows copied;

    Postgres(Connection connection, String policy) throws SQLException {
      super(
          connection,
          policy,
          "CREATE TEMPORARY TABLE corsac_origin_import (number bigint GENERATED ALWAYS AS IDENTITY,"
              + " pattern text, owner text, note text, expires timestamptz) ON COMMIT DROP",
          INSERT
              + " SELECT DISTINCT ON (pattern) ?, pattern, owner, note, expires"
              + " FROM corsac_origin_import ORDER BY pattern, number DESC"
              + KEEP_THE_SAME);
      copied = new CopiedRows(connection, NAME + " (pattern, owner, note, expires)");
    }

    @Override
    void add(Collection<OriginRow> rows) throws SQLException {
      for (OriginRow row : rows) {
        @Nullable String end = row.expires().map(Postgres::time).orElse(null);
        copied.add(row.pattern(), row.owner(), row.note(), end);
      }
    }

    /** Years are written in four digits; nobody lives to see the others. */
    private static String time(Instant end) {
      if (end.isBefore(FIRST)) {
        return "-infinity";
      }
      return end.isAfter(LAST) ? "infinity" : end.toString();
    }

    @Override
    void finish(boolean replace) throws SQLException {
      copied.finish();
      try (Statement statement = connection.createStatement()) {
        // Nobody else looks at a temporary table, so the planner knows nothing of it.
        statement.execute("ANALYZE " + NAME);
      }
      super.finish(replace);
    }

    @Override
    void close() throws SQLException {
      copied.close();
    }
  }

  private static final class Embedded extends Staging {
    Embedded(Connection connection, String policy) throws SQLException {
      super(
          connection,
          policy,
          "CREATE LOCAL TEMPORARY TABLE corsac_origin_import (pattern varchar(1024) PRIMARY KEY,"
              + " owner varchar(200), note varchar(1000), expires timestamp with time zone)"
              + " TRANSACTIONAL",
          "MERGE INTO corsac_origin AS origin"
              + " USING (SELECT CAST(? AS varchar(64)) AS policy, pattern, owner, note, expires"
              + " FROM corsac_origin_import) AS given"
              + " ON origin.policy = given.policy AND origin.pattern = given.pattern"
              + " WHEN MATCHED AND (origin.owner <> given.owner OR origin.note <> given.note"
              + " OR origin.expires IS DISTINCT FROM given.expires)"
              + " THEN UPDATE SET owner = given.owner, note = given.note, expires = given.expires"
              + " WHEN NOT MATCHED THEN INSERT (policy, pattern, owner, note, expires)"
              + " VALUES (given.policy, given.pattern, given.owner, given.note, given.expires)");
    }

    @Override
    void add(Collection<OriginRow> rows) throws SQLException {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "MERGE INTO corsac_origin_import KEY (pattern) VALUES (?, ?, ?, ?)")) {
        for (OriginRow row : rows) {
          set(statement, 1, row);
          statement.addBatch();
        }
        statement.executeBatch();
      }
    }

    @Override
    void close() throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("DROP TABLE IF EXISTS " + NAME);
      }
    }
  }
}
