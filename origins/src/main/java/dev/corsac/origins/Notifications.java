package dev.corsac.origins;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What a PostgreSQL tells of its own accord: LISTEN and NOTIFY. */
final class Notifications {
  private static final int WAIT_MILLIS = 500;

  private final PGConnection connection;

  Notifications(Connection connection) throws SQLException {
    this.connection = connection.unwrap(PGConnection.class);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN corsac_origin");
    }
  }

  /** Waits a moment for a message; says whether there was one. */
  boolean await() throws SQLException {
    PGNotification[] news = connection.getNotifications(WAIT_MILLIS);
    return news != null && news.length > 0;
  }
}
