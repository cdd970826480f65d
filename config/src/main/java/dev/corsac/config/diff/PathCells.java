package dev.corsac.config.diff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The paths that two tables of routes tell apart, with one path for each kind.
 *
 * <p>Patterns are followed segment by segment, with and without regard to case as {@link
 * dev.corsac.PathRoutes} does. At each segment only what some pattern writes there can make a
 * difference, so those texts are tried, each in another case too, and one that none writes.
 */
final class PathCells {
  private static final int MOST_STEPS = 20_000;

  private final List<Pattern> patterns;
  private final int ofFirst;
  private final Map<Key, Step> cells = new LinkedHashMap<>();

  private PathCells(List<String> first, List<String> second) {
    this.ofFirst = first.size();
    this.patterns = Stream.concat(first.stream(), second.stream()).map(Pattern::of).toList();
  }

  /**
   * Paths of one kind.
   *
   * @param first the place of the first table's route that they fall under, -1 for none
   * @param second that of the second table
   * @param path one of them
   * @param written whether its segments are in the case in which routes write them
   */
  record Cell(int first, int second, String path, boolean written) {}

  private record Pattern(List<String> segments, boolean open) {
    static Pattern of(String path) {
      boolean open = path.endsWith("/**");
      String literal = open ? path.substring(0, path.length() - 3) : path;
      if (literal.endsWith("/")) {
        literal = literal.substring(0, literal.length() - 1);
      }
      return new Pattern(
          literal.isEmpty() ? List.of() : Arrays.asList(literal.substring(1).split("/", -1)), open);
    }

    boolean goesOn(int depth) {
      return segments.size() > depth;
    }

    boolean matches(int depth) {
      return open ? segments.size() <= depth : segments.size() == depth;
    }

    boolean takes(int depth, String segment, boolean ignoreCase) {
      if (!goesOn(depth)) {
        return open;
      }
      String own = segments.get(depth);
      return own.equals("*") || (ignoreCase ? own.equalsIgnoreCase(segment) : own.equals(segment));
    }
  }

  private record Key(int first, int second, int firstInAnyCase, int secondInAnyCase) {}

  private record Step(BitSet exact, BitSet inAnyCase, List<String> segments, boolean written) {}

  private record Seen(int depth, BitSet exact, BitSet inAnyCase, boolean written) {}

  /**
   * The kinds of paths.
   *
   * @throws Inclusion.TooLargeException if there are too many to look at
   */
  static List<Cell> of(List<String> first, List<String> second) throws Inclusion.TooLargeException {
    PathCells cells = new PathCells(first, second);
    cells.walk();
    return cells.cells.entrySet().stream()
        .map(each -> cell(each.getKey(), each.getValue()))
        .toList();
  }

  private static Cell cell(Key key, Step step) {
    String path = "/" + String.join("/", step.segments());
    return new Cell(key.first(), key.second(), path, step.written());
  }

  private void walk() throws Inclusion.TooLargeException {
    BitSet all = new BitSet();
    all.set(0, patterns.size());
    Set<Seen> seen = new HashSet<>();
    Deque<Step> open = new ArrayDeque<>(List.of(new Step(all, all, List.of(), true)));
    while (!open.isEmpty()) {
      Step step = open.remove();
      int depth = step.segments().size();
      if (!seen.add(new Seen(depth, step.exact(), step.inAnyCase(), step.written()))) {
        continue;
      }
      if (seen.size() > MOST_STEPS) {
        throw new Inclusion.TooLargeException();
      }
      cells.merge(key(step), step, (old, now) -> now.written() && !old.written() ? now : old);
      boolean ends =
          step.inAnyCase().stream()
              .allMatch(i -> patterns.get(i).open() && !patterns.get(i).goesOn(depth));
      if (!ends) {
        Set<String> written = written(step);
        open.add(next(step, unwritten(written), step.written()));
        written.forEach(each -> open.add(next(step, each, step.written())));
        inOtherCase(written).forEach(each -> open.add(next(step, each, false)));
      }
    }
  }

  private Key key(Step step) {
    int depth = step.segments().size();
    return new Key(
        first(step.exact(), depth, 0, ofFirst),
        first(step.exact(), depth, ofFirst, patterns.size()),
        first(step.inAnyCase(), depth, 0, ofFirst),
        first(step.inAnyCase(), depth, ofFirst, patterns.size()));
  }

  private int first(BitSet alive, int depth, int from, int to) {
    for (int i = alive.nextSetBit(from); i >= 0 && i < to; i = alive.nextSetBit(i + 1)) {
      if (patterns.get(i).matches(depth)) {
        return i - from;
      }
    }
    return -1;
  }

  private Step next(Step step, String segment, boolean written) {
    int depth = step.segments().size();
    BitSet exact = new BitSet();
    step.exact().stream()
        .filter(i -> patterns.get(i).takes(depth, segment, false))
        .forEach(exact::set);
    BitSet inAnyCase = new BitSet();
    step.inAnyCase().stream()
        .filter(i -> patterns.get(i).takes(depth, segment, true))
        .forEach(inAnyCase::set);
    List<String> longer = new ArrayList<>(step.segments());
    longer.add(segment);
    return new Step(exact, inAnyCase, longer, written);
  }

  /** What patterns write as the next segment. */
  private Set<String> written(Step step) {
    int depth = step.segments().size();
    Set<String> written = new LinkedHashSet<>();
    step.inAnyCase().stream()
        .mapToObj(patterns::get)
        .filter(pattern -> pattern.goesOn(depth) && !pattern.segments().get(depth).equals("*"))
        .forEach(pattern -> written.add(pattern.segments().get(depth)));
    return written;
  }

  private static String unwritten(Set<String> written) {
    String fresh = "x";
    while (written.stream().anyMatch(fresh::equalsIgnoreCase)) {
      fresh += "x";
    }
    return fresh;
  }

  private static Set<String> inOtherCase(Set<String> written) {
    Set<String> all = new LinkedHashSet<>();
    for (String each : written) {
      Stream.of(
              each.toUpperCase(Locale.ROOT),
              each.toLowerCase(Locale.ROOT),
              each.substring(0, 1).toUpperCase(Locale.ROOT) + each.substring(1),
              each.substring(0, 1).toLowerCase(Locale.ROOT) + each.substring(1))
          .filter(other -> !written.contains(other))
          .findFirst()
          .ifPresent(all::add);
    }
    return all;
  }
}
