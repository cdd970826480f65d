package dev.corsac.doctor.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * A sentence about a case, with the facts in braces.
 *
 * <pre>
 * {url} answered[ with status {status}], but not {origin}.
 * </pre>
 *
 * <p>A part in brackets is left out if a fact in it is not known. Outside of brackets a stand-in
 * replaces an unknown fact, and an empty value is called so unless it stands in quotes. Immutable
 * and thread-safe.
 */
final class Sentence {
  private final List<Part> parts;

  private record Part(String text, boolean optional) {
    List<Fact> facts() {
      return Fact.PLACEHOLDER.matcher(text).results().map(name -> fact(name.group(1))).toList();
    }
  }

  /**
   * Parses a sentence.
   *
   * @throws IllegalArgumentException if a name in braces is not that of a {@link Fact}
   */
  Sentence(String text) {
    List<Part> all = new ArrayList<>();
    int from = 0;
    int open;
    while ((open = text.indexOf('[', from)) >= 0) {
      int close = text.indexOf(']', open);
      all.add(new Part(text.substring(from, open), false));
      all.add(new Part(text.substring(open + 1, close), true));
      from = close + 1;
    }
    all.add(new Part(text.substring(from), false));
    all.forEach(Part::facts);
    parts = List.copyOf(all);
  }

  private static Fact fact(String id) {
    return Fact.of(id)
        .orElseThrow(() -> new IllegalArgumentException("There is no fact {" + id + "}."));
  }

  /** Whether all facts are known that it cannot do without. */
  boolean isToldBy(Facts facts) {
    return parts.stream().filter(part -> !part.optional()).allMatch(part -> knows(facts, part));
  }

  private static boolean knows(Facts facts, Part part) {
    return part.facts().stream().allMatch(fact -> facts.get(fact).isPresent());
  }

  /** The sentence of a case, with a capital letter unless a value begins it. */
  String of(Facts facts, Map<Fact, String> standIns) {
    String text = phrase(facts, standIns);
    Matcher first = Fact.PLACEHOLDER.matcher(parts.get(0).text());
    boolean value = first.lookingAt() && facts.get(fact(first.group(1))).isPresent();
    return value ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** Its words for a case, where they stand within a sentence. */
  String phrase(Facts facts, Map<Fact, String> standIns) {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      if (!part.optional() || knows(facts, part)) {
        fill(part.text(), facts, standIns, out);
      }
    }
    return out.toString();
  }

  private static void fill(
      String text, Facts facts, Map<Fact, String> standIns, StringBuilder out) {
    int from = 0;
    Matcher names = Fact.PLACEHOLDER.matcher(text);
    while (names.find()) {
      out.append(text, from, names.start());
      Fact fact = fact(names.group(1));
      Optional<String> value = facts.get(fact);
      boolean quoted = text.startsWith("'", names.end());
      if (value.isEmpty()) {
        out.append(Objects.requireNonNullElse(standIns.get(fact), ""));
      } else {
        out.append(value.get().isEmpty() && !quoted ? "empty" : value.get());
      }
      from = names.end();
    }
    out.append(text.substring(from));
  }
}
