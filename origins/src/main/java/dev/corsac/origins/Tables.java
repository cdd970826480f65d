package dev.corsac.origins;

import java.io.IOException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables of a database, made by Flyway: apart, since who only reads may be without it. */
final class Tables {
  private Tables() {}

  /**
   * Makes the tables, or brings those of an older version up to date.
   *
   * @param dialect the folder of the scripts
   */
  static void migrate(DataSource source, String dialect, Database database) throws IOException {
    try {
      Flyway.configure(Tables.class.getClassLoader())
          .dataSource(source)
          .locations("classpath:dev/corsac/origins/" + dialect)
          .table("corsac_origin_schema")
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new IOException(
          "its tables cannot be made; run corsac origins list with a user who may create tables: "
              + database.oneLine(e.getMessage()),
          e);
    }
  }
}
