package dev.corsac.config.diff;

import dev.corsac.Origin;
import dev.corsac.config.regex.OriginLanguage;
import dev.corsac.config.regex.RegexOrigins;
import dk.brics.automaton.Automaton;
import dk.brics.automaton.BasicAutomata;
import dk.brics.automaton.BasicOperations;
import dk.brics.automaton.RegExp;
import java.util.List;
import java.util.Optional;

/**
 * The automata of entries of {@code allow_origins} and of expressions: their origins, no others.
 */
final class OriginLanguages {
  private static final Automaton SUBDOMAINS = new RegExp("([A-Za-z0-9_\\-]+\\.)+").toAutomaton();
  private static final Automaton ANY_PORT = new RegExp("(:[0-9]+)?").toAutomaton();

  private OriginLanguages() {}

  static boolean isPattern(String entry) {
    return entry.endsWith(":*") || entry.contains("://*.");
  }

  /** Whether two patterns could have an origin in common, as far as their names tell. */
  static boolean mayMeet(String one, String other) {
    String first = domain(one);
    String second = domain(other);
    return first.endsWith(second) || second.endsWith(first);
  }

  /** With a dot before it, so that an end of one is the end of a name. */
  private static String domain(String pattern) {
    int host = pattern.indexOf("://") + 3;
    int end = pattern.indexOf(':', host);
    String name = pattern.substring(host, end < 0 ? pattern.length() : end);
    return "." + (name.startsWith("*.") ? name.substring(2) : name);
  }

  /** The origins of a pattern, of any length. */
  static Automaton ofPattern(String pattern) {
    boolean anyPort = pattern.endsWith(":*");
    String rest = anyPort ? pattern.substring(0, pattern.length() - 2) : pattern;
    int host = rest.indexOf("://") + 3;
    boolean subdomains = rest.startsWith("*.", host);
    Automaton all =
        BasicOperations.concatenate(
            List.of(
                BasicAutomata.makeString(rest.substring(0, host)),
                subdomains ? SUBDOMAINS : BasicAutomata.makeEmptyString(),
                BasicAutomata.makeString(rest.substring(subdomains ? host + 2 : host)),
                anyPort ? ANY_PORT : BasicAutomata.makeEmptyString()));
    return BasicOperations.intersection(all, OriginLanguage.ALL);
  }

  /** The origins of an expression, of any length; empty if they are not known. */
  static Optional<Automaton> ofRegex(RegexOrigins regex) {
    return regex.automaton().map(texts -> BasicOperations.intersection(texts, OriginLanguage.ALL));
  }

  /** Origins of a pattern that a reader takes in at once. */
  static List<String> samples(String pattern) {
    boolean anyPort = pattern.endsWith(":*");
    String start = anyPort ? pattern.substring(0, pattern.length() - 2) : pattern;
    return List.of("app", "shop", "a.b").stream()
        .map(label -> start.replace("://*.", "://" + label + "."))
        .flatMap(
            origin ->
                anyPort
                    ? List.of(origin + ":3000", origin, origin + ":8443").stream()
                    : List.of(origin).stream())
        .distinct()
        .toList();
  }

  /** The same without labels that are too long, which no origin has. */
  static Automaton withinLimits(Automaton origins) {
    return BasicOperations.intersection(origins, OriginLanguage.LABELS);
  }

  static boolean isOrigin(String text) {
    return Origin.tryParse(text).isPresent();
  }
}
