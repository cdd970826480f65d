package dev.corsac.doctor.problem;

import dev.corsac.Origin;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The fixes of each stack, from the files in {@code remedies}: a section per stack, in which the
 * names in braces are filled from the case at hand.
 *
 * <p>A value may come from a server or a page. It is inserted only if it is plainly what its name
 * says, so that it means nothing else in any of the languages; otherwise an example stands there.
 */
final class Remedies {
  private static final Pattern SECTION =
      Pattern.compile("(?ms)^## (.+?)\n\n(.+?)\n\n```(\\w+)\n(.+?)\n```$");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_.~-]+){1,20}/?|/");
  private static final Pattern ORIGIN = Pattern.compile("[a-z0-9+.:/\\[\\]-]{1,260}");
  private static final Map<Fact, Predicate<String>> VALID =
      Map.of(
          Fact.ORIGIN,
          text -> ORIGIN.matcher(text).matches() && Origin.tryParse(text).isPresent(),
          Fact.METHOD,
          text -> NAME.matcher(text).matches(),
          Fact.HEADER,
          text -> NAME.matcher(text).matches(),
          Fact.PATH,
          text -> text.length() <= 200 && PATH.matcher(text).matches());
  private static final Facts EXAMPLES =
      Facts.of(Fact.ORIGIN, "https://app.example.com")
          .with(Fact.METHOD, "PUT")
          .with(Fact.HEADER, "X-Custom-Header")
          .with(Fact.PATH, "/data");

  private Remedies() {}

  /**
   * The fix of a problem on a stack; empty if the fix does not depend on the server.
   *
   * @param facts the origin, the method, the header and the path of the case; each may be missing,
   *     and may be anything
   */
  static Optional<Remedy> of(Problem problem, Stack stack, Facts facts) {
    return problem.remedy().map(name -> filled(section(name, stack), valid(problem, name, facts)));
  }

  private static Facts valid(Problem problem, String remedy, Facts facts) {
    Facts valid =
        remedy.equals("expose-headers") ? EXAMPLES.with(Fact.HEADER, "X-Total-Count") : EXAMPLES;
    for (Map.Entry<Fact, Predicate<String>> each : VALID.entrySet()) {
      Fact fact = each.getKey();
      Optional<String> value = facts.get(fact);
      if (fact == Fact.HEADER) {
        // Of several headers, the one to begin with.
        value = value.map(names -> names.split(", ", 2)[0]);
      }
      valid = valid.with(fact, value.filter(each.getValue()).orElse(null));
    }
    return problem == Problem.METHOD_CASE
        ? valid.with(Fact.METHOD, valid.method().orElse("").toUpperCase(Locale.ROOT))
        : valid;
  }

  private static Remedy section(String name, Stack stack) {
    Matcher sections = SECTION.matcher(text(name));
    while (sections.find()) {
      if (sections.group(1).equals(stack.title())) {
        return new Remedy(sections.group(2), sections.group(3), sections.group(4));
      }
    }
    throw new IllegalStateException(name + ".md has no section for " + stack.title() + ".");
  }

  /** A file as it stands. */
  static String text(String name) {
    return Resources.text(Remedies.class, "remedies/" + name + ".md");
  }

  private static Remedy filled(Remedy section, Facts facts) {
    return new Remedy(fill(section.says(), facts), section.language(), fill(section.code(), facts));
  }

  private static String fill(String text, Facts facts) {
    String unique =
        text.lines()
            .map(line -> withoutRepetition(line, Fact.METHOD, facts))
            .map(line -> withoutRepetition(line, Fact.HEADER, facts))
            .collect(Collectors.joining("\n"));
    return Fact.PLACEHOLDER
        .matcher(unique)
        .replaceAll(name -> Matcher.quoteReplacement(value(facts, name.group(1), name.group())));
  }

  /** Braces around anything else are the code's own. */
  private static String value(Facts facts, String name, String braces) {
    return Fact.of(name).flatMap(facts::get).orElse(braces);
  }

  /** {@code "GET", "POST", "{method}"} without its last where the method is one of the others. */
  private static String withoutRepetition(String line, Fact fact, Facts facts) {
    Matcher last = Pattern.compile(", ?([\"']?)\\{" + fact.id() + "}\\1").matcher(line);
    if (!last.find()) {
      return line;
    }
    String value = facts.get(fact).orElse("");
    Matcher listed =
        Pattern.compile(
                "(?<=[\"' \\[,>])" + Pattern.quote(value) + "(?=[\"',\\]])",
                fact == Fact.HEADER ? Pattern.CASE_INSENSITIVE : 0)
            .matcher(line);
    return listed.find() ? line.substring(0, last.start()) + line.substring(last.end()) : line;
  }
}
