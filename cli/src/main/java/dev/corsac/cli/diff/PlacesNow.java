package dev.corsac.cli.diff;

import dev.corsac.OriginTerms;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.origins.DeclaredOrigins;
import dev.corsac.config.origins.ListedOrigins;
import dev.corsac.config.origins.OriginsFrom;
import dev.corsac.finding.Finding;
import dev.corsac.origins.OriginRow;
import dev.corsac.origins.OriginStore;
import dev.corsac.origins.OriginsFile;
import dev.corsac.origins.RefusedOrigin;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the places that configurations take origins from, as they are now, so that their origins
 * can be compared one by one. Nothing is changed there. Not thread-safe.
 */
public final class PlacesNow {
  private final Map<List<Object>, Place> read = new HashMap<>();
  private final Instant now = Instant.now();

  /**
   * What a place says.
   *
   * @param origins empty if that is not known
   * @param note what has to be known of it; empty for nothing
   */
  private record Place(Optional<ListedOrigins> origins, String note) {}

  /**
   * Connects the places of two configurations to what they say now.
   *
   * @return what has to be known: what is left out, and what cannot be read
   */
  public List<String> connect(CorsacConfig before, CorsacConfig after) {
    Set<String> notes = new LinkedHashSet<>();
    for (CorsacConfig config : List.of(before, after)) {
      for (DeclaredOrigins declared : config.declaredOrigins()) {
        Place place =
            read.computeIfAbsent(
                List.of(declared.from(), declared.terms()),
                key -> read(declared.from(), declared.terms()));
        place.origins().ifPresent(declared::connect);
        if (!place.note().isEmpty()) {
          notes.add(place.note());
        }
      }
    }
    return List.copyOf(notes);
  }

  private Place read(OriginsFrom from, OriginTerms terms) {
    Collector collector = new Collector(from, terms);
    try {
      if (from instanceof OriginsFrom.Environment environment) {
        environment.origins().forEach(origin -> collector.add(origin, ""));
      } else if (from instanceof OriginsFrom.File file) {
        OriginsFile.read(file.path(), (row, where) -> add(collector, row, where));
      } else if (from instanceof OriginsFrom.Database database) {
        OriginStore.read(database, row -> add(collector, row, ""));
      }
      return collector.place();
    } catch (IOException e) {
      return new Place(Optional.empty(), from + " cannot be read now: " + OriginsFile.reason(e));
    }
  }

  private void add(Collector collector, OriginRow row, String where) {
    if (row.expires().map(end -> end.isAfter(now)).orElse(true)) {
      collector.add(row.pattern(), where);
    }
  }

  /** Leaves out what a gateway would leave out. */
  private static final class Collector {
    private final OriginsFrom from;
    private final ListedOrigins.Builder origins;
    private int leftOut;
    private String first = "";

    Collector(OriginsFrom from, OriginTerms terms) {
      this.from = from;
      this.origins = ListedOrigins.builder(terms);
    }

    void add(String origin, String where) {
      Optional<Finding> refusal = origins.add(origin);
      if (refusal.isPresent() && leftOut++ == 0) {
        first = new RefusedOrigin(where, refusal.get()).toString();
      }
    }

    Place place() {
      String note =
          leftOut == 0
              ? ""
              : "of " + from + ", " + leftOut + " left out, as by a gateway: " + first;
      return new Place(Optional.of(origins.build()), note);
    }
  }
}
