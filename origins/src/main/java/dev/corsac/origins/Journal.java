package dev.corsac.origins;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a PostgreSQL notes of changes to its origins. A place in it is the number of its last entry;
 * since one transaction at a time changes origins, who sees an entry sees all with smaller numbers.
 */
final class Journal {
  private static final String ENDS = "SELECT min(id), max(id) FROM corsac_origin_change";

  /** The rows as they are now, whatever happened to them in between. */
  private static final String CHANGES =
      "SELECT changed.pattern, origin.pattern IS NOT NULL, origin.expires FROM"
          + " (SELECT DISTINCT pattern FROM corsac_origin_change"
          + " WHERE id > ? AND (policy = ? OR pattern IS NULL)) AS changed"
          + " LEFT JOIN corsac_origin AS origin"
          + " ON origin.policy = ? AND origin.pattern = changed.pattern";

  private final Connection connection;
  private final String policy;

  Journal(Connection connection, String policy) {
    this.connection = connection;
    this.policy = policy;
  }

  /** What happened between two places. */
  record Changes(long place, List<Change> rows) {}

  /** The place of what the connection sees now. */
  static long place(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet ends = statement.executeQuery(ENDS)) {
      return ends.next() ? ends.getLong(2) : 0;
    }
  }

  /** What happened since a place; empty if the journal does not tell. */
  Optional<Changes> since(long place) throws SQLException {
    return Database.inOneView(
        connection,
        () -> {
          long last;
          try (Statement statement = connection.createStatement();
              ResultSet ends = statement.executeQuery(ENDS)) {
            ends.next();
            last = ends.getLong(2);
            // A smaller last one is that of another database: a backup, or a standby that took
            // over.
            if (ends.wasNull() || ends.getLong(1) > place || last < place) {
              return Optional.empty();
            }
          }
          return last == place ? Optional.of(new Changes(place, List.of())) : rows(place, last);
        });
  }

  private Optional<Changes> rows(long place, long last) throws SQLException {
    List<Change> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(CHANGES)) {
      statement.setLong(1, place);
      statement.setString(2, policy);
      statement.setString(3, policy);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          @Nullable String pattern = result.getString(1);
          if (pattern == null) {
            return Optional.empty();
          }
          @Nullable OffsetDateTime end = result.getObject(3, OffsetDateTime.class);
          rows.add(new Change(pattern, result.getBoolean(2), end == null ? null : end.toInstant()));
        }
      }
    }
    return Optional.of(new Changes(last, rows));
  }
}
