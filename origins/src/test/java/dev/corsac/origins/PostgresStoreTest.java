package dev.corsac.origins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corsac.OriginTerms;
import dev.corsac.config.origins.OriginsFrom;
import dev.corsac.postgres.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a real PostgreSQL. */
class PostgresStoreTest extends StoreContract {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  @SuppressWarnings("NullAway.Init")
  private static Postgres postgres;

  private String url = "set before each test";

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    postgres = Postgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void makeDatabase() throws IOException {
    url = postgres.newDatabase("test" + DATABASES.incrementAndGet());
  }

  @Override
  OriginsFrom.Database database(Path folder, String policy) {
    return new OriginsFrom.Database(
        url, "postgres", "", policy, Optional.of(folder.resolve("kept.snapshot")));
  }

  @Override
  void execute(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  OriginsFrom.Database unreachable(OriginsFrom.Database like) {
    return new OriginsFrom.Database(
        "jdbc:postgresql://127.0.0.1:1/none",
        like.user(),
        like.password(),
        like.policy(),
        like.snapshot());
  }

  @Test
  void aMissedMessageIsCaughtByTheCheck() throws Exception {
    OriginsFrom.Database database = database();
    try (LiveOrigins live = open(database)) {
      assertThat(live.allows(SHOP)).isFalse();
      execute(
          "SET session_replication_role = replica;"
              + " INSERT INTO corsac_origin (policy, pattern) VALUES ('shop', '"
              + SHOP
              + "'); INSERT INTO corsac_origin_change (policy, pattern) VALUES ('shop', '"
              + SHOP
              + "')");
      Eventually.holds("the check finds the shop", () -> live.allows(SHOP));
    }
  }

  @Test
  void readsWithoutTheRightToWrite() throws Exception {
    OriginsFrom.Database database = database();
    try (OriginStore store = OriginStore.open(database)) {
      store.add(OriginRow.of(SHOP), OriginTerms.strict());
    }
    execute(
        "CREATE ROLE reader"
            + DATABASES.get()
            + " LOGIN; GRANT SELECT ON corsac_origin, corsac_origin_change TO reader"
            + DATABASES.get());
    OriginsFrom.Database reader =
        new OriginsFrom.Database(url, "reader" + DATABASES.get(), "", "shop", Optional.empty());
    try (LiveOrigins live = open(reader)) {
      assertThat(live.allows(SHOP)).isTrue();
    }
  }

  @Test
  void writesWithRightsToTheOriginsAlone() throws Exception {
    OriginsFrom.Database database = database();
    OriginStore.open(database).close();
    String writer = "writer" + DATABASES.get();
    execute(
        "CREATE ROLE "
            + writer
            + " LOGIN; GRANT INSERT, UPDATE, DELETE, SELECT ON corsac_origin TO "
            + writer);
    try (LiveOrigins live = open(database);
        Connection connection = DriverManager.getConnection(url, writer, "");
        Statement statement = connection.createStatement()) {
      // A search path that a writer chooses changes nothing for the triggers.
      statement.execute("CREATE TEMP TABLE corsac_origin_change (id int)");
      statement.execute("SET search_path = pg_temp, public");
      statement.execute(
          "INSERT INTO public.corsac_origin (policy, pattern) VALUES ('shop', '" + SHOP + "')");
      Eventually.holds("the shop is allowed", () -> live.allows(SHOP));
    }
  }

  @Test
  void aNewerSchema_isStillRead() throws Exception {
    OriginsFrom.Database database = database();
    try (OriginStore store = OriginStore.open(database)) {
      store.add(OriginRow.of(SHOP), OriginTerms.strict());
    }
    execute("ALTER TABLE corsac_origin ADD COLUMN later text NOT NULL DEFAULT ''");
    execute(
        "INSERT INTO corsac_origin_schema (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success)"
            + " VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'later', 1, true)");
    try (LiveOrigins live = open(database);
        OriginStore store = OriginStore.open(database)) {
      assertThat(live.allows(SHOP)).isTrue();
      store.add(OriginRow.of(FAIR), OriginTerms.strict());
      Eventually.holds("the fair is allowed", () -> live.allows(FAIR));
    }
  }

  @Test
  void aDatabaseThatIsReadOnly_isRead() throws Exception {
    OriginsFrom.Database database = database();
    try (OriginStore store = OriginStore.open(database)) {
      store.add(OriginRow.of(SHOP), OriginTerms.strict());
    }
    String name = url.substring(url.lastIndexOf('/') + 1);
    execute("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
    try (LiveOrigins live = open(database);
        OriginStore store = OriginStore.open(database)) {
      assertThat(live.allows(SHOP)).isTrue();
      assertThat(live.status().state()).isEqualTo(OriginsStatus.State.CURRENT);
      assertThatThrownBy(() -> store.add(OriginRow.of(FAIR), OriginTerms.strict()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("read-only");
    }
  }

  @Test
  void writersThatCommitOutOfOrderLoseNothing() throws Exception {
    OriginsFrom.Database database = database();
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try (LiveOrigins live = open(database)) {
      List<Future<?>> all = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        int number = writer;
        all.add(writers.submit(() -> write(number)));
      }
      for (Future<?> each : all) {
        each.get();
      }
      Eventually.holds("all are allowed", () -> live.status().origins() == 4 * 2 * 25);
      for (int writer = 0; writer < 4; writer++) {
        for (int i = 0; i < 25; i++) {
          assertThat(live.allows("https://w" + writer + "-" + i + ".example")).isTrue();
        }
      }
    } finally {
      writers.shutdownNow();
    }
    try (LiveOrigins kept = open(database)) {
      assertThat(kept.status().origins()).isEqualTo(200);
    }
  }

  /** Transactions of two statements that take rows in different orders, some of which end badly. */
  private @Nullable Void write(int writer) throws SQLException, InterruptedException {
    try (Connection connection = DriverManager.getConnection(url, "postgres", "");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < 25; i++) {
        String start = "INSERT INTO corsac_origin (policy, pattern) VALUES ('shop', 'https://";
        statement.execute(start + "w" + writer + "-" + i + ".example')");
        statement.execute(
            "INSERT INTO corsac_origin (policy, pattern) VALUES ('shop', 'https://shared"
                + (writer % 2 == 0 ? i : 24 - i)
                + ".example') ON CONFLICT (policy, pattern) DO UPDATE SET owner = 'w'");
        statement.execute(start + "v" + writer + "-" + i + ".example')");
        statement.execute("DELETE FROM corsac_origin WHERE pattern LIKE 'https://shared%'");
        Thread.sleep(i % 3);
        connection.commit();
        statement.execute(start + "lost" + writer + "-" + i + ".example')");
        connection.rollback();
      }
    }
    return null;
  }

  @Test
  void aJournalThatWasCutOffIsNoHarm() throws Exception {
    OriginsFrom.Database database = database();
    OriginStore.open(database).close();
    try (LiveOrigins live = open(database)) {
      execute(
          "INSERT INTO corsac_origin (policy, pattern) SELECT 'shop', 'https://a' || i ||"
              + " '.example' FROM generate_series(1, 10001) AS i");
      Eventually.holds("more than the journal notes", () -> live.status().origins() == 10001);
      for (int step = 0; step < 12; step++) {
        execute(
            "INSERT INTO corsac_origin (policy, pattern) SELECT 'other', 'https://b' || i || '-"
                + step
                + ".example' FROM generate_series(1, 5000) AS i; DELETE FROM corsac_origin WHERE"
                + " policy = 'shop' AND pattern = 'https://a"
                + (step + 1)
                + ".example'");
      }
      Eventually.holds("those are gone", () -> live.status().origins() == 10001 - 12);
      try (Connection connection = DriverManager.getConnection(url, "postgres", "");
          Statement statement = connection.createStatement();
          ResultSet count = statement.executeQuery("SELECT count(*) FROM corsac_origin_change")) {
        count.next();
        assertThat(count.getInt(1)).isBetween(20_000, 31_000);
      }
      execute("DELETE FROM corsac_origin_change; DELETE FROM corsac_origin");
      Eventually.holds("all are gone", () -> live.status().origins() == 0);
    }
  }

  @Test
  void outlivesTheDatabase() throws Exception {
    OriginsFrom.Database database = database();
    try (OriginStore store = OriginStore.open(database)) {
      store.add(OriginRow.of(SHOP), OriginTerms.strict());
    }
    try (LiveOrigins live = open(database)) {
      postgres.kill();
      try {
        Eventually.holds("it is stale", () -> live.status().state() == OriginsStatus.State.STALE);
        assertThat(live.allows(SHOP)).isTrue();
        try (LiveOrigins second = open(database)) {
          assertThat(second.allows(SHOP)).isTrue();
          assertThat(second.status().state()).isEqualTo(OriginsStatus.State.STALE);
        }
      } finally {
        postgres.resume();
      }
      try (OriginStore store = OriginStore.open(database)) {
        store.remove(SHOP);
      }
      Eventually.holds("it catches up", () -> !live.allows(SHOP));
      assertThat(live.status().state()).isEqualTo(OriginsStatus.State.CURRENT);
    }
  }
}
