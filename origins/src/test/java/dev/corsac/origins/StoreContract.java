package dev.corsac.origins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.corsac.OriginTerms;
import dev.corsac.config.origins.OriginsFrom;
import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for a database of origins, whichever it is. */
abstract class StoreContract {
  static final String SHOP = "https://shop.example.com";
  static final String FAIR = "https://fair.example.com";

  @TempDir private Path folder = Path.of("replaced by JUnit");
  final List<OriginsEvent> events = new CopyOnWriteArrayList<>();

  /** A database that nobody else uses, with a snapshot in a folder. */
  abstract OriginsFrom.Database database(Path folder, String policy) throws IOException;

  /** Runs SQL, as an application does that has the table for itself. */
  abstract void execute(String sql) throws Exception;

  OriginsFrom.Database database() throws IOException {
    return database(folder, "shop");
  }

  Path folder() {
    return folder;
  }

  LiveOrigins open(OriginsFrom from) {
    return LiveOrigins.open(from, OriginTerms.strict(), events::add);
  }

  private static List<OriginRow> rows(OriginStore store) throws IOException {
    List<OriginRow> rows = new ArrayList<>();
    store.forEach(rows::add);
    return rows;
  }

  @Test
  void addsAndRemoves() throws IOException {
    try (OriginStore store = OriginStore.open(database())) {
      assertThat(store.add(OriginRow.of(SHOP), OriginTerms.strict())).isEmpty();
      Instant end = Instant.parse("2999-01-01T00:00:00Z");
      OriginRow fair =
          new OriginRow(FAIR, "sales", "a \u00fc fair", Optional.empty(), Optional.of(end));
      assertThat(store.add(fair, OriginTerms.strict())).isEmpty();
      assertThat(rows(store)).extracting(OriginRow::pattern).containsExactly(FAIR, SHOP);
      OriginRow read = rows(store).get(0);
      assertThat(read.owner()).isEqualTo("sales");
      assertThat(read.note()).isEqualTo("a \u00fc fair");
      assertThat(read.expires()).contains(end);
      assertThat(read.created()).isPresent();
      store.add(OriginRow.of(FAIR), OriginTerms.strict());
      assertThat(rows(store).get(0).expires()).isEmpty();
      assertThat(rows(store).get(0).created()).isEqualTo(read.created());
      assertThat(store.remove(FAIR)).isTrue();
      assertThat(store.remove(FAIR)).isFalse();
      assertThat(rows(store)).extracting(OriginRow::pattern).containsExactly(SHOP);
    }
  }

  @Test
  void readsWithoutMakingAnything() throws IOException {
    OriginsFrom.Database database = database();
    List<OriginRow> rows = new ArrayList<>();
    assertThatIOException().isThrownBy(() -> OriginStore.read(database, rows::add));
    assertThat(folder).isEmptyDirectory();
    try (OriginStore store = OriginStore.open(database)) {
      store.add(OriginRow.of(SHOP), OriginTerms.strict());
    }
    OriginStore.read(database, rows::add);
    assertThat(rows).extracting(OriginRow::pattern).containsExactly(SHOP);
    try (OriginStore store = OriginStore.open(database)) {
      assertThat(store.remove(SHOP)).isTrue();
    }
  }

  @Test
  void refusesOnTheWayIn() throws IOException {
    try (OriginStore store = OriginStore.open(database())) {
      assertThat(rules(store, "http://plain.example", OriginTerms.strict()))
          .containsExactly(PolicyRule.INSECURE_ORIGIN_CREDENTIALS);
      assertThat(rules(store, "https://*.github.io", OriginTerms.strict()))
          .containsExactly(PolicyRule.PUBLIC_SUFFIX_CREDENTIALS);
      assertThat(rules(store, "https://a.example/", OriginTerms.strict()))
          .containsExactly(PolicyRule.ORIGIN_PATH);
      assertThat(rules(store, "*", OriginTerms.strict()))
          .containsExactly(PolicyRule.ANY_ORIGIN_CREDENTIALS);
      assertThat(rules(store, "'); DROP TABLE corsac_origin; --", OriginTerms.strict()))
          .isNotEmpty();
      assertThat(rows(store)).isEmpty();
      assertThat(rules(store, "http://plain.example", OriginTerms.strict().withoutCredentials()))
          .containsExactly(PolicyRule.INSECURE_ORIGIN);
      assertThat(rows(store)).hasSize(1);
    }
  }

  private static List<Rule> rules(OriginStore store, String origin, OriginTerms terms)
      throws IOException {
    return store.add(OriginRow.of(origin), terms).stream().map(Finding::rule).toList();
  }

  @Test
  void policiesAreApart() throws IOException {
    OriginsFrom.Database shop = database(folder, "shop");
    OriginsFrom.Database other =
        new OriginsFrom.Database(
            shop.url(), shop.user(), shop.password(), "other", Optional.empty());
    try (OriginStore store = OriginStore.open(shop)) {
      store.add(OriginRow.of(SHOP), OriginTerms.strict());
    }
    try (OriginStore store = OriginStore.open(other)) {
      assertThat(rows(store)).isEmpty();
    }
    try (LiveOrigins live = open(other)) {
      assertThat(live.allows(SHOP)).isFalse();
    }
  }

  @Test
  void importsAtOnceOrNot() throws IOException {
    try (OriginStore store = OriginStore.open(database())) {
      store.add(OriginRow.of(SHOP), OriginTerms.strict());
      try (OriginStore.Import given = store.importing(OriginTerms.strict(), true)) {
        given.add(OriginRow.of(FAIR));
      }
      assertThat(rows(store)).extracting(OriginRow::pattern).containsExactly(SHOP);
      try (OriginStore.Import given = store.importing(OriginTerms.strict(), true)) {
        given.add(OriginRow.of(FAIR));
        given.finish();
      }
      assertThat(rows(store)).extracting(OriginRow::pattern).containsExactly(FAIR);
    }
  }

  @Test
  void importsTouchOnlyWhatDiffers() throws IOException {
    Instant end = Instant.parse("2999-01-01T00:00:00Z");
    String odd = "a\ttab, a \\ and\na line, \\N, \u00fc";
    List<OriginRow> given = new ArrayList<>();
    for (int i = 0; i < 2500; i++) {
      given.add(row("https://a" + i + ".example", "", i % 2 == 0 ? odd : "", null));
    }
    given.add(row(SHOP, "first", "", null));
    given.add(row(SHOP, "last", "counts", end));
    try (OriginStore store = OriginStore.open(database())) {
      store.add(OriginRow.of(FAIR), OriginTerms.strict());
      store.add(OriginRow.of("https://a1.example"), OriginTerms.strict());
      Instant created = rows(store).get(0).created().orElseThrow();
      register(store, given, true);
      assertThat(rows(store)).hasSize(2501).noneMatch(row -> row.pattern().equals(FAIR));
      assertThat(find(store, SHOP)).isEqualTo(row(SHOP, "last", "counts", end));
      assertThat(find(store, "https://a0.example").note()).isEqualTo(odd);
      List<OriginRow> before = rows(store);
      register(store, given, true);
      register(store, given, false);
      assertThat(rows(store)).isEqualTo(before);
      assertThat(before)
          .filteredOn(row -> row.pattern().equals("https://a1.example"))
          .extracting(row -> row.created().orElseThrow())
          .containsExactly(created);
      register(store, List.of(), true);
      assertThat(rows(store)).isEmpty();
    }
  }

  private static OriginRow row(String pattern, String owner, String note, @Nullable Instant end) {
    return new OriginRow(pattern, owner, note, Optional.empty(), Optional.ofNullable(end));
  }

  private static OriginRow find(OriginStore store, String pattern) throws IOException {
    OriginRow row =
        rows(store).stream().filter(each -> each.pattern().equals(pattern)).findAny().orElseThrow();
    return row(pattern, row.owner(), row.note(), row.expires().orElse(null));
  }

  private static void register(OriginStore store, List<OriginRow> rows, boolean replace)
      throws IOException {
    try (OriginStore.Import given = store.importing(OriginTerms.strict(), replace)) {
      for (OriginRow row : rows) {
        given.add(row);
      }
      given.finish();
    }
  }

  @Test
  void followsEveryKindOfChange() throws Exception {
    OriginsFrom.Database database = database();
    try (LiveOrigins live = open(database)) {
      Eventually.holds("it is read", () -> live.status().state() == OriginsStatus.State.CURRENT);
      execute("INSERT INTO corsac_origin (policy, pattern) VALUES ('other', '" + SHOP + "')");
      execute(
          "INSERT INTO corsac_origin (policy, pattern) VALUES ('shop', 'https://*.a.example'),"
              + " ('shop', 'x'), ('other', '"
              + FAIR
              + "')");
      Eventually.holds("the pattern is allowed", () -> live.allows("https://b.a.example"));
      assertThat(live.allows(SHOP)).as("of another policy").isFalse();
      assertThat(live.status().skipped()).isEqualTo(1);
      execute("UPDATE corsac_origin SET policy = 'shop' WHERE policy = 'other'");
      Eventually.holds("both moved", () -> live.allows(SHOP) && live.allows(FAIR));
      execute("UPDATE corsac_origin SET pattern = 'https://y.example' WHERE pattern = 'x'");
      Eventually.holds("it is mended", () -> live.allows("https://y.example"));
      assertThat(live.status().skipped()).isZero();
      execute("UPDATE corsac_origin SET owner = 'all', note = 'told'");
      execute(
          "UPDATE corsac_origin SET expires = '2000-01-01T00:00:00Z' WHERE pattern = '"
              + FAIR
              + "'");
      Eventually.holds("the fair is over", () -> !live.allows(FAIR));
      execute(
          "UPDATE corsac_origin SET expires = '2999-01-01T00:00:00Z' WHERE pattern = '"
              + FAIR
              + "'");
      Eventually.holds("the fair is on again", () -> live.allows(FAIR));
      assertThat(live.status().origins()).isEqualTo(4);
      execute("TRUNCATE TABLE corsac_origin");
      Eventually.holds("all are gone", () -> live.status().origins() == 0);
      assertThat(live.allows(SHOP)).isFalse();
    }
  }

  @Test
  void followsChanges() throws Exception {
    OriginsFrom.Database database = database();
    try (LiveOrigins live = open(database)) {
      Eventually.holds("it is read", () -> live.status().state() == OriginsStatus.State.CURRENT);
      try (OriginStore store = OriginStore.open(database)) {
        store.add(OriginRow.of(SHOP), OriginTerms.strict());
      }
      Eventually.holds("the shop is allowed", () -> live.allows(SHOP));
      try (OriginStore store = OriginStore.open(database)) {
        store.remove(SHOP);
      }
      Eventually.holds("the shop is refused", () -> !live.allows(SHOP));
      execute(
          "INSERT INTO corsac_origin (policy, pattern) VALUES ('shop', '"
              + FAIR
              + "'), ('shop', 'http://plain.example'), ('shop', 'https://*.co.uk'), ('shop', 'x')");
      Eventually.holds("the fair is allowed", () -> live.allows(FAIR));
      assertThat(live.allows("http://plain.example")).isFalse();
      assertThat(live.allows("https://a.co.uk")).isFalse();
      assertThat(live.status().skipped()).isEqualTo(3);
    }
    assertThat(events.stream().map(StoreContract::refusals).mapToInt(Integer::intValue).sum())
        .isEqualTo(3);
  }

  @Test
  void oddRows_areLeftOutAndCannotPassForOthers() throws Exception {
    String insert =
        "INSERT INTO corsac_origin (policy, pattern) VALUES"
            + " ('shop', U&'https://a.example\\000ahttps://evil.example'),"
            + " ('shop', U&'\\001b[31mhttps://b.example'), ('shop', ''), ('shop', '# end 0'),"
            + " ('shop', 'https://' || repeat('a', 1000)), ('shop', '-https://c.example'),"
            + " ('shop', U&'https://\\00e9.example'), ('shop', 'https://%'), ('shop', 'x:*')";
    OriginsFrom.Database database = database();
    try (OriginStore store = OriginStore.open(database)) {
      store.add(OriginRow.of(SHOP), OriginTerms.strict());
    }
    for (String when : List.of("at first", "later")) {
      try (LiveOrigins live = open(database)) {
        assertThat(live.allows(SHOP)).as(when).isTrue();
        if (when.equals("later")) {
          execute("DELETE FROM corsac_origin WHERE pattern <> '" + SHOP + "'");
          Eventually.holds("they are gone", () -> live.status().skipped() == 0);
          assertThat(live.status().origins()).isEqualTo(1);
        }
        if (when.equals("at first")) {
          execute(insert);
          Eventually.holds("they are left out", () -> live.status().skipped() == 9);
        }
        assertThat(live.allows("https://evil.example")).isFalse();
      }
      List<Change> kept = new ArrayList<>();
      new Snapshot(database.snapshot().orElseThrow(), database.toString()).read(kept::add);
      assertThat(kept).as(when).contains(new Change(SHOP, true, null));
      assertThat(kept).filteredOn(Change::there).hasSize(1);
    }
    assertThat(
            events.stream()
                .filter(OriginsEvent.Loaded.class::isInstance)
                .flatMap(each -> ((OriginsEvent.Loaded) each).refused().stream())
                .map(RefusedOrigin::toString))
        .hasSizeGreaterThanOrEqualTo(9)
        .allMatch(text -> text.chars().noneMatch(Character::isISOControl));
  }

  private static int refusals(OriginsEvent event) {
    return event instanceof OriginsEvent.Loaded loaded ? loaded.refused().size() : 0;
  }

  @Test
  void expiryComesByItself() throws Exception {
    OriginsFrom.Database database = database();
    try (OriginStore store = OriginStore.open(database)) {
      store.add(
          new OriginRow(SHOP, "", "", Optional.empty(), Optional.of(Instant.now().plusSeconds(4))),
          OriginTerms.strict());
      store.add(OriginRow.of(FAIR), OriginTerms.strict());
    }
    try (LiveOrigins live = open(database)) {
      Eventually.holds("the shop has expired", () -> !live.allows(SHOP));
      assertThat(live.allows(FAIR)).isTrue();
    }
  }

  @Test
  void startsFromTheSnapshot() throws Exception {
    OriginsFrom.Database database = database();
    try (OriginStore store = OriginStore.open(database)) {
      store.add(OriginRow.of(SHOP), OriginTerms.strict());
    }
    try (LiveOrigins live = open(database)) {
      assertThat(live.allows(SHOP)).isTrue();
    }
    Path snapshot = database.snapshot().orElseThrow();
    assertThat(snapshot).exists();
    OriginsFrom.Database gone = unreachable(database);
    try (LiveOrigins live = open(gone)) {
      assertThat(live.status().state()).isEqualTo(OriginsStatus.State.UNREAD);
      assertThat(live.allows(SHOP)).as("of another database").isFalse();
    }
    String text = Files.readString(snapshot).replace(database.toString(), gone.toString());
    Files.writeString(snapshot, text);
    try (LiveOrigins live = open(gone)) {
      assertThat(live.status().state()).isEqualTo(OriginsStatus.State.STALE);
      assertThat(live.status().age(Instant.now())).isPresent();
      assertThat(live.allows(SHOP)).isTrue();
    }
    Files.writeString(snapshot, text.replace("shop.example", "evil.example"));
    try (LiveOrigins live = open(gone)) {
      assertThat(live.allows("https://evil.example.com")).as("damaged").isFalse();
      assertThat(live.status().state()).isEqualTo(OriginsStatus.State.UNREAD);
    }
  }

  /** A database like it that is not there. */
  abstract OriginsFrom.Database unreachable(OriginsFrom.Database like);
}
