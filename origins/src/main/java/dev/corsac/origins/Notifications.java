package dev.corsac.origins;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * What a PostgreSQL tells of its own accord: LISTEN and NOTIFY. A message can be lost, and a
 * standby tells nothing, so it is time to ask now and then.
 */
final class Notifications {
  private static final int WAIT_MILLIS = 500;
  private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final String READ_ONLY = "25006";

  private final LiveOrigins live;
  private final PGConnection connection;
  private final boolean listening;
  private long asked = System.nanoTime();

  Notifications(LiveOrigins live, Connection connection) throws SQLException {
    this.live = live;
    this.connection = connection.unwrap(PGConnection.class);
    this.listening = listen(connection);
  }

  private static boolean listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN corsac_origin");
      return true;
    } catch (SQLException e) {
      if (READ_ONLY.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  /** Waits a moment; says whether there was a message, or it is time to ask. */
  boolean await() throws SQLException {
    if (!listening) {
      return live.waits(WAIT_MILLIS);
    }
    PGNotification[] news = connection.getNotifications(WAIT_MILLIS);
    long now = System.nanoTime();
    if ((news == null || news.length == 0) && now - asked < ASK_NANOS) {
      return false;
    }
    asked = now;
    return true;
  }
}
