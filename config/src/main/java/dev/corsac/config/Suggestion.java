package dev.corsac.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Guesses which known word was meant. Thread-safe. */
public final class Suggestion {
  /** What other systems call our keys. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("origins", "allow_origins"),
          Map.entry("origin", "allow_origins"),
          Map.entry("alloworiginpatterns", "allow_origins"),
          Map.entry("methods", "allow_methods"),
          Map.entry("headers", "allow_headers"),
          Map.entry("credentials", "allow_credentials"),
          Map.entry("supportscredentials", "allow_credentials"),
          Map.entry("exposedheaders", "expose_headers"),
          Map.entry("optionssuccessstatus", "preflight_status"),
          Map.entry("accesscontrolalloworigin", "allow_origins"),
          Map.entry("accesscontrolallowmethods", "allow_methods"),
          Map.entry("accesscontrolallowheaders", "allow_headers"),
          Map.entry("accesscontrolallowcredentials", "allow_credentials"),
          Map.entry("accesscontrolexposeheaders", "expose_headers"),
          Map.entry("accesscontrolmaxage", "max_age"));

  private Suggestion() {}

  /** The known word that was probably meant by another, if any is near. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    String bare = bare(word);
    String elsewhere = ELSEWHERE.get(bare.replaceFirst("^allowed", "allow"));
    if (elsewhere == null) {
      elsewhere = ELSEWHERE.get(bare);
    }
    if (elsewhere != null && known.contains(elsewhere)) {
      return Optional.of(elsewhere);
    }
    if (bare.isEmpty() || bare.length() > 64) {
      return Optional.empty();
    }
    List<String> spellings = List.of(bare, bare.replaceFirst("^allowed", "allow"));
    return known.stream()
        .filter(candidate -> distance(spellings, candidate) <= Math.max(1, bare.length() / 3))
        .min(Comparator.comparingInt(candidate -> distance(spellings, candidate)));
  }

  private static int distance(List<String> spellings, String candidate) {
    return spellings.stream()
        .mapToInt(spelling -> distance(spelling, bare(candidate)))
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  private static String bare(String word) {
    return word.replaceAll("[^\\p{Alnum}]", "").toLowerCase(Locale.ROOT);
  }

  /** Damerau-Levenshtein: insertions, deletions, replacements and swaps of neighbours. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
