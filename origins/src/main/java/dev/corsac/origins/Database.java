package dev.corsac.origins;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.corsac.config.origins.OriginsFrom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** How a database of origins is reached, and how its tables come to be. */
final class Database {
  private static final int DATABASE_ALREADY_OPEN = 90020;
  private static final Pattern NO_FILE =
      Pattern.compile("jdbc:h2:(?!file:)[a-z][a-zA-Z]+:.*", Pattern.DOTALL);
  static final long LOCK_MILLIS = 10_000;
  private static final long LOOK_MILLIS = 50;

  /**
   * Who has an embedded database open in this process: it is one for all who open it, so that who
   * reads and who writes would get what the other asked for.
   */
  private static final Map<Path, Semaphore> GATES = new ConcurrentHashMap<>();

  private final OriginsFrom.Database from;
  private final boolean postgres;

  Database(OriginsFrom.Database from) {
    this.from = from;
    this.postgres = from.url().startsWith("jdbc:postgresql:");
  }

  boolean isPostgres() {
    return postgres;
  }

  String policy() {
    return from.policy();
  }

  /** The file of an embedded database. */
  Path file() {
    String path = from.url().substring("jdbc:h2:".length()).split(";", 2)[0];
    path = path.startsWith("file:") ? path.substring("file:".length()) : path;
    path = path.startsWith("~") ? System.getProperty("user.home") + path.substring(1) : path;
    return Path.of(path + ".mv.db");
  }

  /**
   * Opens a connection of its own.
   *
   * @param writes whether it changes anything; many who only read share an embedded database
   */
  Connection connect(boolean writes) throws SQLException {
    loadDriver();
    String url = postgres || writes ? from.url() : from.url() + ";ACCESS_MODE_DATA=r";
    return DriverManager.getConnection(url, properties());
  }

  private Properties properties() {
    Properties properties = new Properties();
    if (!from.user().isEmpty()) {
      properties.setProperty("user", from.user());
    }
    if (!from.password().isEmpty()) {
      properties.setProperty("password", from.password());
    }
    if (postgres) {
      properties.setProperty("ApplicationName", "corsac");
      properties.setProperty("connectTimeout", "5");
      properties.setProperty("loginTimeout", "5");
      properties.setProperty("socketTimeout", "20");
      properties.setProperty("tcpKeepAlive", "true");
      properties.setProperty("reWriteBatchedInserts", "true");
    }
    return properties;
  }

  private void loadDriver() throws SQLException {
    if (!postgres && NO_FILE.matcher(from.url()).lookingAt()) {
      throw new SQLException("only an H2 in a file can be followed; write jdbc:h2:./origins");
    }
    String driver = postgres ? "org.postgresql.Driver" : "org.h2.Driver";
    try {
      Class.forName(driver);
    } catch (ClassNotFoundException e) {
      String artifact = postgres ? "org.postgresql:postgresql" : "com.h2database:h2";
      throw new SQLException(artifact + " is not on the class path", e);
    }
  }

  /** Makes the tables. */
  void create() throws IOException {
    try (OriginStore store = OriginStore.open(this)) {
      store.ready();
    }
  }

  /** What is read of a database. */
  interface Work<T> {
    T get() throws SQLException;
  }

  /** Reads in one transaction, which sees one moment. */
  static <T> T inOneView(Connection connection, Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      if (connection
          .getMetaData()
          .supportsTransactionIsolationLevel(Connection.TRANSACTION_REPEATABLE_READ)) {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      }
      T read = work.get();
      connection.commit();
      return read;
    } finally {
      if (!connection.isClosed()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  /** A pool, for a program that registers origins. */
  HikariDataSource pool() throws IOException {
    try {
      loadDriver();
      HikariConfig config = new HikariConfig();
      config.setPoolName("corsac-origins");
      config.setJdbcUrl(from.url());
      config.setDataSourceProperties(properties());
      config.setMaximumPoolSize(3);
      config.setMinimumIdle(0);
      config.setConnectionTimeout(5000);
      config.setInitializationFailTimeout(-1);
      return new HikariDataSource(config);
    } catch (SQLException e) {
      throw new IOException(reason(e), e);
    } catch (RuntimeException e) {
      throw new IOException("the driver does not understand its address", e);
    }
  }

  /** Keeps others of this process out of an embedded database; false if one of them is in it. */
  boolean enter(long millis) {
    try {
      return postgres || gate().tryAcquire(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void leave() {
    if (!postgres) {
      gate().release();
    }
  }

  private Semaphore gate() {
    return GATES.computeIfAbsent(file().toAbsolutePath().normalize(), file -> new Semaphore(1));
  }

  /** Opens it to read what is there; one that is not there is not made. */
  Connection connectToRead() throws SQLException, IOException {
    loadDriver();
    if (!postgres && !Files.exists(file())) {
      throw new NoSuchFileException(file().toString());
    }
    return connectUnlocked(false);
  }

  /** Waits for another process that has an embedded database open; that takes moments. */
  void awaitUnlocked() throws SQLException {
    // The pool would try for seconds what a PostgreSQL refuses at once.
    connectUnlocked(true).close();
  }

  private Connection connectUnlocked(boolean writes) throws SQLException {
    long deadline = System.nanoTime() + LOCK_MILLIS * 1_000_000;
    while (true) {
      try {
        return connect(writes);
      } catch (SQLException e) {
        if (!isLocked(e) || System.nanoTime() - deadline > 0) {
          throw e;
        }
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SQLException("interrupted", e);
      }
    }
  }

  static boolean isLocked(SQLException e) {
    return e.getErrorCode() == DATABASE_ALREADY_OPEN;
  }

  /** Whether the tables are not there: 42P01 of PostgreSQL, 42S02 and 42S04 of H2. */
  static boolean hasNoTables(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.equals("42P01") || state.startsWith("42S0"));
  }

  /** Makes the tables, or brings those of an older version up to date. */
  void migrate(DataSource source) throws IOException {
    try {
      Tables.migrate(source, postgres ? "postgresql" : "h2", this);
    } catch (LinkageError e) {
      throw new IOException(
          "it has no tables; run corsac origins list once, or add org.flywaydb:flyway-core to the"
              + " class path",
          e);
    }
  }

  /** Why a database cannot be used, as a clause on one line without secrets. */
  String reason(SQLException e) {
    Throwable cause = e;
    while (cause.getCause() instanceof SQLException inner) {
      cause = inner;
    }
    return oneLine(cause.getMessage() == null ? cause.toString() : cause.getMessage());
  }

  /** A message of a driver or of Flyway, which may repeat the address or the password. */
  String oneLine(@Nullable String text) {
    String safe = String.valueOf(text);
    for (String secret : from.secrets()) {
      safe = safe.replace(secret, "***");
    }
    String line = safe.replaceAll("\\s+", " ").strip();
    line = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    return line.length() > 300 ? line.substring(0, 300) + "..." : line;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s", from);
  }
}
