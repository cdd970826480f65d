package dev.corsac.doctor;

import dev.corsac.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fixes of each stack, from the files in {@code remedies}: a section per stack, in which the
 * names in braces are filled from the case at hand.
 *
 * <p>A value may come from a server or a page. It is inserted only if it is plainly what its name
 * says, so that it means nothing else in any of the languages; otherwise an example stands there.
 */
public final class Remedies {
  private static final Pattern SECTION =
      Pattern.compile("(?ms)^## (.+?)\n\n(.+?)\n\n```(\\w+)\n(.+?)\n```$");
  private static final Pattern PLACE = Pattern.compile("\\{(origin|method|header|path)}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_.~-]+){1,20}/?|/");
  private static final Pattern ORIGIN = Pattern.compile("[a-z0-9+.:/\\[\\]-]{1,260}");
  private static final Map<String, Predicate<String>> VALID =
      Map.of(
          "origin", text -> ORIGIN.matcher(text).matches() && Origin.tryParse(text).isPresent(),
          "method", text -> NAME.matcher(text).matches(),
          "header", text -> NAME.matcher(text).matches(),
          "path", text -> text.length() <= 200 && PATH.matcher(text).matches());
  private static final Map<String, String> EXAMPLES =
      Map.ofEntries(
          Map.entry("origin", "https://app.example.com"),
          Map.entry("method", "PUT"),
          Map.entry("header", "X-Custom-Header"),
          Map.entry("path", "/data"));

  private Remedies() {}

  /**
   * The fix of a problem on a stack; empty if the problem is no matter of the server's set-up.
   *
   * @param values what the case is about: {@code origin} of the page, {@code method}, {@code
   *     header} that is refused or not exposed, or several with ", " between them, {@code path} of
   *     the URL; each may be missing, and may be anything
   */
  public static Optional<Remedy> of(Problem problem, Stack stack, Map<String, String> values) {
    return problem.remedy().map(name -> filled(section(name, stack), valid(problem, name, values)));
  }

  private static Map<String, String> valid(
      Problem problem, String remedy, Map<String, String> values) {
    Map<String, String> valid = new HashMap<>(EXAMPLES);
    if (remedy.equals("expose-headers")) {
      valid.put("header", "X-Total-Count");
    }
    VALID.forEach(
        (name, isValid) -> {
          String value = name.equals("header") ? first(values.get(name)) : values.get(name);
          if (value != null && isValid.test(value)) {
            valid.put(name, value);
          }
        });
    if (problem == Problem.METHOD_CASE) {
      valid.computeIfPresent("method", (name, method) -> method.toUpperCase(Locale.ROOT));
    }
    return valid;
  }

  /** Of several headers that were refused, the one to begin with. */
  private static @Nullable String first(@Nullable String headers) {
    return headers == null ? null : headers.split(", ", 2)[0];
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
    try (InputStream in = Remedies.class.getResourceAsStream("remedies/" + name + ".md")) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Remedy filled(Remedy section, Map<String, String> values) {
    return new Remedy(
        fill(section.says(), values), section.language(), fill(section.code(), values));
  }

  private static String fill(String text, Map<String, String> values) {
    String unique =
        text.lines()
            .map(line -> withoutRepetition(line, "method", values))
            .map(line -> withoutRepetition(line, "header", values))
            .collect(Collectors.joining("\n"));
    return PLACE
        .matcher(unique)
        .replaceAll(place -> Matcher.quoteReplacement(values.get(place.group(1))));
  }

  /** {@code "GET", "POST", "{method}"} without its last where the method is one of the others. */
  private static String withoutRepetition(String line, String name, Map<String, String> values) {
    Matcher last = Pattern.compile(", ?([\"']?)\\{" + name + "}\\1").matcher(line);
    if (!last.find()) {
      return line;
    }
    String item = "(?<=[\"' \\[,>])" + Pattern.quote(values.get(name)) + "(?=[\"',\\]])";
    Matcher listed =
        Pattern.compile(item, name.equals("header") ? Pattern.CASE_INSENSITIVE : 0).matcher(line);
    return listed.find() ? line.substring(0, last.start()) + line.substring(last.end()) : line;
  }
}
