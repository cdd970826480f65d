package dev.corsac.config.diff;

import dk.brics.automaton.Automaton;
import dk.brics.automaton.State;
import dk.brics.automaton.Transition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether one language is within another, and if not, a shortest text that is outside.
 *
 * <p>Only as much of the second is made deterministic as texts of the first lead to.
 */
final class Inclusion {
  private static final int MOST_STEPS = 100_000;

  private Inclusion() {}

  /** Says that there is too much to look at. */
  static final class TooLargeException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private record Pair(State inner, Set<State> outer) {}

  private record Step(Pair pair, @Nullable Step before, char by) {
    String text() {
      StringBuilder text = new StringBuilder();
      for (Step step = this; step.before != null; step = step.before) {
        text.append(step.by);
      }
      return text.reverse().toString();
    }
  }

  /** A shortest text of the first language that is not in the second; null if there is none. */
  static @Nullable String outside(Automaton inner, Automaton outer) throws TooLargeException {
    Set<Pair> seen = new HashSet<>();
    Deque<Step> open = new ArrayDeque<>();
    Pair start = new Pair(inner.getInitialState(), Set.of(outer.getInitialState()));
    seen.add(start);
    open.add(new Step(start, null, '\0'));
    while (!open.isEmpty()) {
      Step at = open.remove();
      Pair pair = at.pair();
      if (pair.inner().isAccept() && pair.outer().stream().noneMatch(State::isAccept)) {
        return at.text();
      }
      for (Transition transition : pair.inner().getSortedTransitions(true)) {
        for (char c = transition.getMin(); c <= transition.getMax() && c <= '~'; c++) {
          Set<State> next = new HashSet<>();
          for (State state : pair.outer()) {
            state.step(c, next);
          }
          Pair to = new Pair(transition.getDest(), next);
          if (seen.add(to)) {
            open.add(new Step(to, at, c));
          }
        }
      }
      if (seen.size() > MOST_STEPS) {
        throw new TooLargeException();
      }
    }
    return null;
  }
}
