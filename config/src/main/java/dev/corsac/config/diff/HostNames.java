package dev.corsac.config.diff;

import dev.corsac.Hosts;
import dk.brics.automaton.Automaton;
import dk.brics.automaton.BasicAutomata;
import dk.brics.automaton.BasicOperations;
import dk.brics.automaton.RegExp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that a server answers to, as sets of {@code Host} headers. */
final class HostNames {
  private static final Automaton LABELS = new RegExp("([a-z0-9_\\-]+\\.)+").toAutomaton();
  private static final Automaton PORT = new RegExp("(:[0-9]{1,5})?").toAutomaton();

  private HostNames() {}

  /**
   * Each name of some that has an authority which others have not, with that authority.
   *
   * @param these empty for any name
   */
  static List<OriginUnion.Item> minus(
      Optional<Hosts> these, Optional<Hosts> others, Set<String> unproven) {
    List<OriginUnion.Item> items = new ArrayList<>();
    if (others.isEmpty()) {
      return items;
    }
    if (these.isEmpty()) {
      String outside = "elsewhere.example";
      while (others.get().contains(outside)) {
        outside = "x" + outside + "x";
      }
      items.add(new OriginUnion.Item("any other host", outside, false));
      return items;
    }
    Automaton outer =
        BasicOperations.union(others.get().names().stream().map(HostNames::language).toList());
    for (String name : these.get().names()) {
      Automaton inner = language(name);
      try {
        String plain = sample(name);
        String outside = others.get().contains(plain) ? Inclusion.outside(inner, outer) : plain;
        if (outside != null && others.get().contains(outside)) {
          unproven.add("the host " + name);
        } else if (outside != null) {
          boolean partly = !BasicOperations.intersection(inner, outer).isEmpty();
          items.add(new OriginUnion.Item(name, outside, partly));
        }
      } catch (Inclusion.TooLargeException e) {
        unproven.add("the host " + name);
      }
    }
    return items;
  }

  static String sample(String name) {
    return name.startsWith("*.") ? "a" + name.substring(1) : name;
  }

  /** As {@link Hosts} has them: a name counts for any port, or for the one that it says. */
  private static Automaton language(String name) {
    boolean below = name.startsWith("*.");
    String rest = below ? name.substring(2) : name;
    @Nullable String port = rest.matches(".*:[0-9]+") ? rest.replaceFirst(".*:", "") : null;
    String host = port == null ? rest : rest.substring(0, rest.length() - port.length() - 1);
    Automaton ports =
        port == null
            ? PORT
            : port.equals("80") || port.equals("443")
                ? BasicAutomata.makeString(":" + port).optional()
                : BasicAutomata.makeString(":" + port);
    return BasicOperations.concatenate(
        List.of(
            below ? LABELS : BasicAutomata.makeEmptyString(),
            BasicAutomata.makeString(host),
            ports));
  }
}
