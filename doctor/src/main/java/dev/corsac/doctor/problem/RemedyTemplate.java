package dev.corsac.doctor.problem;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Code with the places where a request's names go.
 *
 * <pre>
 * {origin} {method} {path}            the value
 * "{headers}"                         each name in such quotes, with commas between them: "A", "B"
 * {headerlist}                        all names in one value: A, B; after &gt; or = without blanks: A,B
 * {if headers} {unless headers}       at the beginning of a line: it is left out otherwise
 * {each header}                       at the beginning of a line: it is there once for each name
 * </pre>
 *
 * <p>Braces around anything else are the code's own.
 */
final class RemedyTemplate {
  private static final Pattern CONDITION = Pattern.compile("\\{(if|unless|each) ([a-z]+)}");
  private static final Pattern PLACE = Pattern.compile("([\"'>=]?)\\{([a-z]+)}([\"']?)");

  private final AllowedRequest request;
  private final Map<String, Boolean> conditions;
  private final Map<String, List<String>> lists;

  RemedyTemplate(AllowedRequest request) {
    this.request = request;
    this.conditions =
        Map.of(
            "method",
            request.needsMethod(),
            "headers",
            !request.headers().isEmpty(),
            "exposed",
            !request.exposed().isEmpty(),
            "credentials",
            request.credentials(),
            "json",
            request.needsContentType(),
            "insecure",
            request.isInsecure(),
            "app",
            request.isOfApp());
    this.lists =
        Map.of(
            "method",
            request.methods(),
            "header",
            request.headers(),
            "exposed",
            request.exposed(),
            "headersandexposed",
            Stream.concat(request.headers().stream(), request.exposed().stream()).toList());
  }

  String fill(String template) {
    return template
        .lines()
        .flatMap(this::lines)
        .map(this::filled)
        .collect(Collectors.joining("\n"));
  }

  private Stream<String> lines(String line) {
    Matcher condition = CONDITION.matcher(line);
    if (!condition.lookingAt()) {
      return Stream.of(line);
    }
    String rest = line.substring(condition.end());
    String name = condition.group(2);
    return switch (condition.group(1)) {
      case "if" -> holds(name) ? Stream.of(rest) : Stream.of();
      case "unless" -> holds(name) ? Stream.of() : Stream.of(rest);
      default -> list(name).stream().map(value -> rest.replace("{" + name + "}", value));
    };
  }

  private boolean holds(String condition) {
    Boolean holds = conditions.get(condition);
    if (holds == null) {
      throw new IllegalArgumentException("There is no condition {if " + condition + "}.");
    }
    return holds;
  }

  private List<String> list(String name) {
    List<String> list = lists.get(name);
    if (list == null) {
      throw new IllegalArgumentException("There is no list {each " + name + "}.");
    }
    return list;
  }

  private String filled(String line) {
    return PLACE.matcher(line).replaceAll(place -> Matcher.quoteReplacement(value(place)));
  }

  private String value(java.util.regex.MatchResult place) {
    String before = place.group(1);
    String after = place.group(3);
    return switch (place.group(2)) {
      case "origin" -> before + request.origin() + after;
      case "method" -> before + request.method() + after;
      case "lowermethod" -> before + request.method().toLowerCase(Locale.ROOT) + after;
      case "path" -> before + request.path() + after;
      case "methods" -> quoted(before, request.methods(), after);
      case "headers" -> quoted(before, request.headers(), after);
      case "exposed" -> quoted(before, request.exposed(), after);
      case "headersandexposed" -> quoted(before, list("headersandexposed"), after);
      case "methodlist" -> joined(before, request.methods(), after);
      case "headerlist" -> joined(before, request.headers(), after);
      case "exposedlist" -> joined(before, request.exposed(), after);
      default -> place.group();
    };
  }

  private static String quoted(String before, List<String> names, String after) {
    return names.stream().map(name -> before + name + after).collect(Collectors.joining(", "));
  }

  private static String joined(String before, List<String> names, String after) {
    boolean tight = before.equals(">") || before.equals("=");
    return before + String.join(tight ? "," : ", ", names) + after;
  }
}
