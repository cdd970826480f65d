package dev.corsac.config.diff;

import dev.corsac.config.diff.Side.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares which paths are refused because servers could read them as those of two routes.
 *
 * <p>Two configurations refuse the same of these if any two paths lead to one target in the one
 * when they do in the other.
 */
final class OddPaths {
  private final Side before;
  private final Side after;
  private final Map<String, String> fields;
  private final Set<String> unproven;
  private final Map<Target, Target> forth = new HashMap<>();
  private final Map<Target, Target> back = new HashMap<>();

  /** Paths that are refused on a side. */
  private final List<String> ambiguous = new ArrayList<>();

  /** Paths that lead to one target on one side, and to two on the other. */
  private final List<List<String>> apart = new ArrayList<>();

  private final Map<Target, String> firstBefore = new HashMap<>();
  private final Map<Target, String> firstAfter = new HashMap<>();

  OddPaths(Side before, Side after, Map<String, String> fields, Set<String> unproven) {
    this.before = before;
    this.after = after;
    this.fields = fields;
    this.unproven = unproven;
  }

  void add(String path, Target from, Target to) {
    if (from.ambiguous() || to.ambiguous()) {
      ambiguous.add(path);
    }
    Target known = forth.putIfAbsent(from, to);
    Target knownBack = back.putIfAbsent(to, from);
    String earlier = firstBefore.putIfAbsent(from, path);
    String earlierAfter = firstAfter.putIfAbsent(to, path);
    if (known != null && !known.equals(to) && earlier != null) {
      apart.add(List.of(earlier, path));
    }
    if (knownBack != null && !knownBack.equals(from) && earlierAfter != null) {
      apart.add(List.of(earlierAfter, path));
    }
  }

  /** The first difference, if the two do not refuse the same. */
  Optional<Difference> compare() {
    List<String> spellings = new ArrayList<>(ambiguous);
    for (List<String> each : apart) {
      spellings.addAll(between(each.get(0), each.get(1)));
      spellings.addAll(between(each.get(1), each.get(0)));
    }
    spellings.add("/%00");
    for (String path : spellings) {
      Optional<Difference> difference = compare(before, after, new Witness("GET", path, fields));
      if (difference.isPresent()) {
        return difference;
      }
    }
    apart.forEach(
        each ->
            unproven.add(
                "the paths that servers could read as " + each.get(0) + " and as " + each.get(1)));
    return Optional.empty();
  }

  /** Spellings of a path that begin as another does. */
  private static List<String> between(String one, String other) {
    String up = "/..".repeat(one.equals("/") ? 1 : one.split("/", -1).length - 1);
    String rest = other.substring(1);
    List<String> spellings =
        new ArrayList<>(List.of(one + (one.equals("/") ? "." : "") + up + other));
    if (!rest.isEmpty()) {
      spellings.add("/%" + Integer.toHexString(rest.charAt(0)) + rest.substring(1));
      spellings.add(other + "/..;/" + rest);
    }
    return spellings;
  }

  /** The difference that a path shows. */
  static Optional<Difference> compare(Side before, Side after, Witness witness) {
    Effect from = before.effect(witness);
    Effect to = after.effect(witness);
    if (from.equals(to)) {
      return Optional.empty();
    }
    return Optional.of(
        new Difference(
            to.runs() ? Direction.NEWLY_PASSES : Direction.NEWLY_BLOCKED,
            Subject.PATH,
            witness.path(),
            false,
            false,
            witness,
            from,
            to));
  }
}
