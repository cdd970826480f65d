package dev.corsac.origins;

import dev.corsac.AllowedOrigins;
import dev.corsac.OriginSource;
import dev.corsac.OriginTerms;
import dev.corsac.finding.Finding;
import dev.corsac.finding.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The origins of a place at one moment: immutable, so that a change is one write of a reference.
 */
final class Held implements OriginSource {
  private static final int MOST_REFUSED = 100;

  /** An origin with an end. */
  private record Temporary(String pattern, Instant expires) {}

  private final OriginTerms terms;
  private final AllowedOrigins lasting;
  private final AllowedOrigins temporary;
  private final List<Temporary> expiring;
  private final int skipped;
  private final List<RefusedOrigin> refused;

  private Held(
      OriginTerms terms,
      AllowedOrigins lasting,
      List<Temporary> expiring,
      int skipped,
      List<RefusedOrigin> refused) {
    this.terms = terms;
    this.lasting = lasting;
    this.expiring = expiring;
    this.skipped = skipped;
    this.refused = refused;
    AllowedOrigins.Builder builder = AllowedOrigins.builder(terms, expiring.size());
    expiring.forEach(each -> builder.add(each.pattern));
    this.temporary = builder.build();
  }

  static Held none(OriginTerms terms) {
    return new Collector(terms, 0).finish();
  }

  @Override
  public boolean allows(String origin) {
    return lasting.allows(origin) || (!expiring.isEmpty() && temporary.allows(origin));
  }

  int size() {
    return lasting.size() + temporary.size();
  }

  int skipped() {
    return skipped;
  }

  /** Of those that were left out the first ones. */
  List<RefusedOrigin> refused() {
    return refused;
  }

  /** What is left at a time: this, or a set without those whose end has come. */
  Held at(Instant now) {
    if (expiring.isEmpty() || expiring.get(0).expires.isAfter(now)) {
      return this;
    }
    List<Temporary> left = expiring.stream().filter(each -> each.expires.isAfter(now)).toList();
    return new Held(terms, lasting, left, skipped, refused);
  }

  /** Collects the rows of a place and leaves out what the terms refuse. Not thread-safe. */
  static final class Collector {
    private final OriginTerms terms;
    private final AllowedOrigins.Builder lasting;
    private final List<Temporary> expiring = new ArrayList<>();
    private final List<RefusedOrigin> refused = new ArrayList<>();
    private int skipped;

    Collector(OriginTerms terms, int expected) {
      this.terms = terms;
      this.lasting = AllowedOrigins.builder(terms, expected);
    }

    /** Whether the origin was taken. */
    boolean add(String pattern, @Nullable Instant expires, String where) {
      List<Finding> findings = expires == null ? lasting.add(pattern) : terms.check(pattern);
      for (Finding finding : findings) {
        if (finding.severity() == Severity.ERROR) {
          skipped++;
          if (refused.size() < MOST_REFUSED) {
            refused.add(new RefusedOrigin(where, finding));
          }
          return false;
        }
      }
      if (expires != null) {
        expiring.add(new Temporary(pattern, expires));
      }
      return true;
    }

    Held finish() {
      expiring.sort(Comparator.comparing(Temporary::expires));
      return new Held(terms, lasting.build(), List.copyOf(expiring), skipped, List.copyOf(refused));
    }
  }
}
