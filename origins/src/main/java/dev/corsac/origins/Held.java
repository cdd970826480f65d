package dev.corsac.origins;

import dev.corsac.AllowedOrigins;
import dev.corsac.OriginSource;
import dev.corsac.OriginTerms;
import dev.corsac.finding.Finding;
import dev.corsac.finding.Severity;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The origins of a place at one moment: immutable, so that a change is one write of a reference.
 */
final class Held implements OriginSource {
  private static final int MOST_REFUSED = 1000;

  private final AllowedOrigins origins;
  private final Map<String, RefusedOrigin> refused;
  private final int more;

  private Held(AllowedOrigins origins, Map<String, RefusedOrigin> refused, int more) {
    this.origins = origins;
    this.refused = refused;
    this.more = more;
  }

  static Held none(OriginTerms terms) {
    return new Collector(terms, 0).finish();
  }

  @Override
  public boolean allows(String origin) {
    return origins.allows(origin);
  }

  /** How many are allowed now. */
  int size() {
    return origins.size();
  }

  /** How many were left out; exact again at the next whole reading if there are very many. */
  int skipped() {
    return refused.size() + more;
  }

  /** Of those that were left out the first ones. */
  Collection<RefusedOrigin> refused() {
    return refused.values();
  }

  /** This after some changes. */
  Held with(OriginTerms terms, List<Change> changes) {
    if (changes.isEmpty()) {
      return this;
    }
    Collector collector = new Collector(terms, origins.toBuilder(), refused, more);
    changes.forEach(collector::change);
    return collector.finish();
  }

  static boolean accepts(OriginTerms terms, String pattern) {
    return refusal(terms.check(pattern)) == null;
  }

  private static @Nullable Finding refusal(List<Finding> findings) {
    for (int i = 0; i < findings.size(); i++) {
      if (findings.get(i).severity() == Severity.ERROR) {
        return findings.get(i);
      }
    }
    return null;
  }

  /** Collects the rows of a place and leaves out what the terms refuse. Not thread-safe. */
  static final class Collector {
    private final OriginTerms terms;
    private final AllowedOrigins.Builder origins;
    private final Map<String, RefusedOrigin> refused;
    private int more;

    Collector(OriginTerms terms, int expected) {
      this(terms, AllowedOrigins.builder(terms, expected), Map.of(), 0);
    }

    private Collector(
        OriginTerms terms,
        AllowedOrigins.Builder origins,
        Map<String, RefusedOrigin> refused,
        int more) {
      this.terms = terms;
      this.origins = origins;
      this.refused = new LinkedHashMap<>(refused);
      this.more = more;
    }

    /**
     * Adds a row.
     *
     * @param where its line, where it has one
     * @return whether it was taken
     */
    boolean add(String pattern, @Nullable Instant expires, String where) {
      Finding refusal =
          refusal(expires == null ? origins.add(pattern) : origins.add(pattern, expires));
      if (refusal == null) {
        return true;
      }
      String key = where.isEmpty() ? pattern : where;
      if (refused.size() < MOST_REFUSED || refused.containsKey(key)) {
        refused.put(key, new RefusedOrigin(where, refusal));
      } else {
        more++;
      }
      return false;
    }

    /** Takes a row out and, if it is there, in again. */
    void change(Change row) {
      if (refused.remove(row.pattern()) == null && accepts(terms, row.pattern())) {
        origins.remove(row.pattern());
      }
      Instant end = row.expires();
      if (row.there() && (end == null || end.isAfter(Instant.now()))) {
        add(row.pattern(), end, "");
      }
    }

    Held finish() {
      return new Held(origins.build(), Collections.unmodifiableMap(refused), more);
    }
  }
}
