package dev.corsac.config.regex;

import dev.corsac.Origin;
import dk.brics.automaton.Automaton;
import dk.brics.automaton.BasicOperations;
import dk.brics.automaton.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The origins that an expression matches: exactly those, as an automaton, so that what is not found
 * is not there.
 *
 * <p>Only automata of ours are made deterministic. The expression's stays as it is, so the work
 * grows with its size and not beyond.
 */
public final class RegexLanguage {
  private static final int MOST_STATES = 3_000;
  private static final int MOST_PAIRS = 2_000;
  private static final int LONGEST = 330;

  private final Automaton marked;
  private final Automaton origins;

  private RegexLanguage(Automaton marked) {
    this.marked = marked;
    this.origins = OriginLanguage.withoutClasses(marked);
  }

  /** The language of an expression that RE2 compiles; empty if it cannot be judged. */
  public static Optional<RegexLanguage> of(String regex) {
    return RegexAutomaton.of(regex)
        .map(
            automaton ->
                new RegexLanguage(
                    BasicOperations.intersection(
                        automaton, OriginLanguage.withClasses(OriginLanguage.ALL))));
  }

  /** Any of its origins. */
  public Optional<String> any() {
    return first(origins, List.of(OriginLanguage.TIDY));
  }

  /** One of its origins that is in a language. */
  public Optional<String> anyOf(Automaton language) {
    return first(BasicOperations.intersection(origins, language), List.of(OriginLanguage.TIDY));
  }

  /** One of its origins that is in a language, such as a stranger would choose. */
  public Optional<String> strangerOf(Automaton language) {
    return first(BasicOperations.intersection(origins, language), OriginLanguage.STRANGE);
  }

  /** One of its origins in a language whose scheme and host the expression does not write out. */
  public Optional<String> notWrittenOut(Automaton language) {
    Automaton found = BasicOperations.intersection(marked, OriginLanguage.withClasses(language));
    found = BasicOperations.intersection(found, OriginLanguage.notWrittenOut());
    return first(OriginLanguage.withoutClasses(found), OriginLanguage.STRANGE);
  }

  /** The registered names that the expression writes out. */
  public WrittenNames writtenNames() {
    return WrittenNames.of(
        BasicOperations.intersection(marked, OriginLanguage.withClasses(OriginLanguage.DOMAINS)));
  }

  private static Optional<String> first(Automaton all, List<Automaton> preferred) {
    for (Automaton kind : preferred) {
      String example = BasicOperations.intersection(all, kind).getShortestExample(true);
      if (example != null && Origin.tryParse(example).isPresent()) {
        return Optional.of(example);
      }
    }
    String shortest = all.getShortestExample(true);
    if (shortest == null || Origin.tryParse(shortest).isPresent()) {
      return Optional.ofNullable(shortest);
    }
    // Its labels are too long, so a longer one may have shorter labels.
    if (all.getNumberOfStates() <= MOST_STATES) {
      shortest = BasicOperations.intersection(all, OriginLanguage.LABELS).getShortestExample(true);
    }
    return Optional.ofNullable(shortest).filter(origin -> origin.length() <= LONGEST);
  }

  /** All of its origins if there are at most so many. */
  Optional<List<String>> all(int most) {
    Set<String> words = new TreeSet<>();
    boolean complete = collect(Set.of(origins.getInitialState()), new StringBuilder(), words, most);
    return complete ? Optional.of(List.copyOf(words)) : Optional.empty();
  }

  /**
   * From every state an origin can be reached, so a long text without an end means endless many.
   */
  private static boolean collect(Set<State> at, StringBuilder text, Set<String> words, int most) {
    if (at.stream().anyMatch(State::isAccept)) {
      words.add(text.toString());
    }
    if (words.size() > most || text.length() > LONGEST) {
      return false;
    }
    for (char c = '!'; c <= '~'; c++) {
      Set<State> next = step(at, c);
      if (!next.isEmpty()) {
        text.append(c);
        boolean complete = collect(next, text, words, most);
        text.setLength(text.length() - 1);
        if (!complete) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether it is the same as another language, as far as that can be told with little work. */
  boolean is(RegexLanguage other) {
    return covers(other.origins) && other.covers(origins);
  }

  private boolean covers(Automaton other) {
    Set<List<Set<State>>> seen = new HashSet<>();
    Deque<List<Set<State>>> open = new ArrayDeque<>();
    open.add(List.of(Set.of(other.getInitialState()), Set.of(origins.getInitialState())));
    while (!open.isEmpty()) {
      List<Set<State>> pair = open.remove();
      if (!seen.add(pair)) {
        continue;
      }
      Set<State> theirs = pair.get(0);
      Set<State> ours = pair.get(1);
      boolean missed =
          theirs.stream().anyMatch(State::isAccept) && ours.stream().noneMatch(State::isAccept);
      if (missed || seen.size() > MOST_PAIRS) {
        return false;
      }
      for (char c = '!'; c <= '~'; c++) {
        Set<State> next = step(theirs, c);
        if (!next.isEmpty()) {
          open.add(List.of(next, step(ours, c)));
        }
      }
    }
    return true;
  }

  private static Set<State> step(Set<State> from, char c) {
    Set<State> to = new HashSet<>();
    for (State state : from) {
      state.step(c, to);
    }
    return to;
  }
}
