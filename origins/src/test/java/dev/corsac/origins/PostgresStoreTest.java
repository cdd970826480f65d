package dev.corsac.origins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.OriginTerms;
import dev.corsac.config.origins.OriginsFrom;
import dev.corsac.postgres.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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
          "CREATE OR REPLACE FUNCTION corsac_origin_changed() RETURNS trigger LANGUAGE plpgsql AS"
              + " $$ BEGIN UPDATE corsac_origin_version SET version = version + 1; RETURN NULL; END"
              + " $$");
      try (OriginStore store = OriginStore.open(database)) {
        store.add(OriginRow.of(SHOP), OriginTerms.strict());
      }
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
            + " LOGIN; GRANT SELECT ON corsac_origin, corsac_origin_version TO reader"
            + DATABASES.get());
    OriginsFrom.Database reader =
        new OriginsFrom.Database(url, "reader" + DATABASES.get(), "", "shop", Optional.empty());
    try (LiveOrigins live = open(reader)) {
      assertThat(live.allows(SHOP)).isTrue();
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
