package dev.corsac.doctor.problem;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fixes of each stack, from the files in {@code remedies}: a section per stack, in which the
 * names in braces are filled from the case at hand.
 *
 * <p>Whatever the problem, the code lets the whole request pass: somebody who copies it is not
 * blocked again by the next header. {@code allow-request} is that code; the other files add to it
 * where a problem needs more, at the place {@code {request}}.
 */
final class Remedies {
  /** The file whose code the others add to. */
  static final String WHOLE = "allow-request";

  private static final String PLACE_OF_WHOLE = "{request}";
  private static final String NOT_PROVEN = " Written by its documentation, not tried on a server.";
  private static final Pattern SECTION =
      Pattern.compile("(?ms)^## (.+?)\n\n(.+?)\n\n```(\\w+)\n(.+?)\n```$");
  private static final Map<String, Map<String, Remedy>> FILES = new ConcurrentHashMap<>();

  private Remedies() {}

  /**
   * The fix of a problem on a stack; empty if the fix does not depend on the server, or the stack
   * has nothing to change.
   *
   * @param facts what is known of the request; each fact may be missing, and may be anything
   */
  static Optional<Remedy> of(Problem problem, Stack stack, Facts facts) {
    return problem
        .remedy()
        .flatMap(name -> template(name, stack))
        .map(template -> filled(template, stack, AllowedRequest.of(problem, facts)));
  }

  private static Optional<Remedy> template(String name, Stack stack) {
    Remedy own = sections(name).get(stack.title());
    if (!isOfRequest(name)) {
      return Optional.ofNullable(own);
    }
    Remedy whole = sections(WHOLE).get(stack.title());
    if (own == null || whole == null || own.equals(whole)) {
      return Optional.ofNullable(whole);
    }
    boolean included = own.code().contains(PLACE_OF_WHOLE);
    return Optional.of(
        new Remedy(
            included ? own.says() + " " + whole.says() : own.says(),
            own.language(),
            own.code().replace(PLACE_OF_WHOLE, whole.code())));
  }

  /** A cookie is lost whatever CORS allows. */
  private static boolean isOfRequest(String name) {
    return !name.equals("cookie");
  }

  private static Map<String, Remedy> sections(String name) {
    return FILES.computeIfAbsent(
        name,
        file -> {
          Map<String, Remedy> sections = new ConcurrentHashMap<>();
          Matcher all = SECTION.matcher(text(file));
          while (all.find()) {
            sections.put(all.group(1), new Remedy(all.group(2), all.group(3), all.group(4)));
          }
          return Map.copyOf(sections);
        });
  }

  /** The titles of a file's sections, in order. */
  static List<String> titles(String name) {
    return SECTION.matcher(text(name)).results().map(section -> section.group(1)).toList();
  }

  /** A file as it stands. */
  static String text(String name) {
    return Resources.text(Remedies.class, "remedies/" + name + ".md");
  }

  private static Remedy filled(Remedy template, Stack stack, AllowedRequest request) {
    RemedyTemplate filled = new RemedyTemplate(request);
    String says = filled.fill(template.says()) + (stack.isProven() ? "" : NOT_PROVEN);
    return new Remedy(says, template.language(), filled.fill(template.code()));
  }
}
