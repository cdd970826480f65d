package dev.corsac.config.regex;

import dev.corsac.PublicSuffixes;
import dk.brics.automaton.Automaton;
import dk.brics.automaton.State;
import dk.brics.automaton.Transition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The registered names that an expression writes out, by the public suffixes they are under: of
 * {@code https://[a-z]+\.(example|shop)\.com} these are {@code example} and {@code shop} under
 * {@code com}, and {@code com} under nothing.
 *
 * <p>Hosts are read from the right, label by label, for as long as what was read is a public
 * suffix.
 */
public final class WrittenNames {
  private static final int MOST_NAMES = 1_000;
  private static final int MOST_SUFFIXES = 50;
  private static final int MAX_LABEL = 63;
  private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_";

  private final Map<String, Set<String>> bySuffix = new LinkedHashMap<>();
  private final Map<State, List<Edge>> edges = new HashMap<>();
  private final Map<State, Integer> distances = new HashMap<>();
  private final Set<State> hostStarts = new HashSet<>();
  private int names;

  /** A transition, seen from its end. */
  private record Edge(State from, char min, char max) {
    boolean has(char c) {
      return min <= c && c <= max;
    }

    boolean hasDot() {
      return has('.') || has((char) ('.' + RegexAutomaton.CLASS));
    }
  }

  private WrittenNames(Automaton origins) {
    for (String scheme : List.of("http://", "https://")) {
      Set<State> at = Set.of(origins.getInitialState());
      for (int i = 0; i < scheme.length(); i++) {
        char c = scheme.charAt(i);
        Set<State> next = new HashSet<>();
        for (State state : at) {
          state.step(c, next);
          state.step((char) (c + RegexAutomaton.CLASS), next);
        }
        at = next;
      }
      hostStarts.addAll(at);
    }
    Set<State> hostEnds = new HashSet<>();
    Deque<State> open = new ArrayDeque<>(hostStarts);
    Set<State> inHost = new HashSet<>(hostStarts);
    while (!open.isEmpty()) {
      State state = open.remove();
      if (state.isAccept()) {
        hostEnds.add(state);
      }
      for (Transition each : state.getTransitions()) {
        Edge edge = new Edge(state, each.getMin(), each.getMax());
        if (edge.has(':') || edge.has((char) (':' + RegexAutomaton.CLASS))) {
          hostEnds.add(state);
        }
        if (!isPort(edge)) {
          edges.computeIfAbsent(each.getDest(), key -> new ArrayList<>()).add(edge);
          if (inHost.add(each.getDest())) {
            open.add(each.getDest());
          }
        }
      }
    }
    measure(inHost);
    Set<State> dotted = new HashSet<>(hostEnds);
    dotted.addAll(beforeDot(hostEnds));
    if (!hostStarts.isEmpty()) {
      read("", dotted);
    }
  }

  /** A transition by a colon alone: among the characters of a host there is none. */
  private static boolean isPort(Edge edge) {
    return edge.min == edge.max && OriginLanguage.down(edge.min) == ':';
  }

  /**
   * @throws RegexAutomaton.NotJudged if there are too many
   */
  static WrittenNames of(Automaton origins) {
    return new WrittenNames(origins);
  }

  /** The labels by the suffix they are before. */
  public Map<String, Set<String>> bySuffix() {
    return bySuffix;
  }

  /** How many characters that are written out it takes at least from a state to a label's start. */
  private void measure(Set<State> all) {
    Deque<State> open = new ArrayDeque<>();
    for (State state : all) {
      if (isLabelStart(state)) {
        distances.put(state, 0);
        open.add(state);
      }
    }
    while (!open.isEmpty()) {
      State state = open.remove();
      int next = distances.getOrDefault(state, 0) + 1;
      for (Transition each : state.getTransitions()) {
        if (each.getMin() < RegexAutomaton.CLASS
            && distances.putIfAbsent(each.getDest(), next) == null) {
          open.add(each.getDest());
        }
      }
    }
  }

  private boolean isLabelStart(State state) {
    return hostStarts.contains(state)
        || edges.getOrDefault(state, List.of()).stream().anyMatch(Edge::hasDot);
  }

  private void read(String suffix, Set<State> at) {
    if (bySuffix.size() == MOST_SUFFIXES) {
      throw new RegexAutomaton.NotJudged();
    }
    Map<String, Set<State>> labels = new TreeMap<>();
    collect(at, "", labels);
    bySuffix.put(suffix, labels.keySet());
    labels.forEach(
        (label, start) -> {
          String domain = suffix.isEmpty() ? label : label + "." + suffix;
          Set<State> before = beforeDot(start);
          if (!before.isEmpty() && isSuffixOrAboveOne(domain)) {
            read(domain, before);
          }
        });
  }

  /** The list also has suffixes of any label below a domain. */
  private static boolean isSuffixOrAboveOne(String domain) {
    return PublicSuffixes.contains(domain) || PublicSuffixes.contains("any." + domain);
  }

  private void collect(Set<State> at, String label, Map<String, Set<State>> labels) {
    if (!label.isEmpty() && at.stream().anyMatch(this::isLabelStart)) {
      labels.put(label, at);
      if (++names > MOST_NAMES) {
        throw new RegexAutomaton.NotJudged();
      }
    }
    int left = MAX_LABEL - label.length() - 1;
    for (int i = 0; i < CHARACTERS.length() && left >= 0; i++) {
      char c = CHARACTERS.charAt(i);
      Set<State> before = new HashSet<>();
      for (State state : at) {
        for (Edge edge : edges.getOrDefault(state, List.of())) {
          if (edge.has(c) && distances.getOrDefault(edge.from, MAX_LABEL) <= left) {
            before.add(edge.from);
          }
        }
      }
      if (!before.isEmpty()) {
        collect(before, c + label, labels);
      }
    }
  }

  private Set<State> beforeDot(Set<State> states) {
    Set<State> before = new HashSet<>();
    for (State state : states) {
      for (Edge edge : edges.getOrDefault(state, List.of())) {
        if (edge.hasDot()) {
          before.add(edge.from);
        }
      }
    }
    return before;
  }
}
