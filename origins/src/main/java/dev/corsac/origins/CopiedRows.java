package dev.corsac.origins;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows that a PostgreSQL takes by COPY, in its text form. */
final class CopiedRows {
  private final CopyIn copy;

  /**
   * @param table with the columns
   */
  CopiedRows(Connection connection, String table) throws SQLException {
    copy =
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + table + " FROM STDIN");
  }

  void add(@Nullable String... values) throws SQLException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      line.append(i == 0 ? "" : "\t");
      escape(values[i], line);
    }
    byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
  }

  private static void escape(@Nullable String value, StringBuilder line) {
    if (value == null) {
      line.append("\\N");
      return;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> line.append("\\\\");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> line.append(c);
      }
    }
  }

  void finish() throws SQLException {
    copy.endCopy();
  }

  /** Ends what was not finished. */
  void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }
}
