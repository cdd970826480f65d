package dev.corsac.origins;

import dev.corsac.config.origins.OriginsFrom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** With an embedded H2. */
class H2StoreTest extends StoreContract {
  /** While another part of this process has it open to read. */
  private static final int READ_ONLY = 90097;

  private static String url(Path folder) {
    return "jdbc:h2:file:" + folder.resolve("origins").toAbsolutePath();
  }

  @Override
  OriginsFrom.Database database(Path folder, String policy) {
    return new OriginsFrom.Database(
        url(folder), "sa", "", policy, Optional.of(folder.resolve("kept.snapshot")));
  }

  @Override
  void execute(String sql) throws Exception {
    SQLException last = null;
    for (int i = 0; i < 200; i++) {
      try (Connection connection = DriverManager.getConnection(url(folder()), "sa", "");
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
        return;
      } catch (SQLException e) {
        if (!Database.isLocked(e) && e.getErrorCode() != READ_ONLY) {
          throw e;
        }
        last = e;
        Thread.sleep(20);
      }
    }
    throw new AssertionError(last);
  }

  @Override
  OriginsFrom.Database unreachable(OriginsFrom.Database like) {
    Path file = folder().resolve("text.mv.db");
    try {
      Files.writeString(file, "not a database");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new OriginsFrom.Database(
        "jdbc:h2:file:" + folder().resolve("text").toAbsolutePath(),
        like.user(),
        like.password(),
        like.policy(),
        like.snapshot());
  }
}
