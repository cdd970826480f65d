package dev.corsac.doctor.problem;

import dev.corsac.Origin;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The one request that a remedy lets pass: what of a case is plainly what its name says, so that it
 * means nothing else in any of the languages. An example stands where the case does not say.
 *
 * <p>Immutable and thread-safe.
 *
 * @param origin the page's origin
 * @param method the request's method
 * @param headers the names of the page's own headers that need a permission
 * @param exposed the names of the response headers that the page reads
 * @param credentials whether it goes with credentials
 * @param path the path of its URL
 */
record AllowedRequest(
    String origin,
    String method,
    List<String> headers,
    List<String> exposed,
    boolean credentials,
    String path) {
  /** Fetch, CORS-safelisted methods: no browser asks for a permission. */
  private static final Set<String> SAFELISTED = Set.of("GET", "HEAD", "POST");

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_.~-]+){1,20}/?|/");
  private static final Pattern ORIGIN = Pattern.compile("[a-z0-9+.:/\\[\\]-]{1,260}");
  private static final int MOST_NAMES = 40;

  /** What the case of a problem says of the request; each fact may be missing, or be anything. */
  static AllowedRequest of(Problem problem, Facts facts) {
    boolean exposes = problem == Problem.HEADERS_NOT_EXPOSED;
    Optional<String> refused = exposes ? Optional.empty() : facts.header();
    Optional<String> readBy = exposes ? facts.header() : facts.get(Fact.EXPOSED);
    // A message about a preflight does not say what it asked for.
    boolean headersUnknown =
        facts.get(Fact.ASKED).isEmpty()
            && (problem.isOfPreflight() || problem.name().startsWith("HEADER_"));
    String method =
        facts
            .method()
            .filter(NAME.asMatchPredicate())
            .map(each -> problem == Problem.METHOD_CASE ? each.toUpperCase(Locale.ROOT) : each)
            .orElse(
                problem.isOfPreflight() || problem.name().startsWith("METHOD_") ? "PUT" : "GET");
    List<String> headers = names(facts.get(Fact.ASKED).or(() -> refused));
    List<String> exposed = names(readBy);
    return new AllowedRequest(
        facts.origin().filter(AllowedRequest::isOrigin).orElse("https://app.example.com"),
        method,
        headers.isEmpty() && headersUnknown ? List.of("X-Custom-Header") : headers,
        exposes && exposed.isEmpty() ? List.of("X-Total-Count") : exposed,
        problem.isOfCredentials() || facts.get(Fact.CREDENTIALS).isPresent(),
        facts
            .get(Fact.PATH)
            .filter(text -> text.length() <= 200 && PATH.matcher(text).matches())
            .orElse("/data"));
  }

  private static boolean isOrigin(String text) {
    return ORIGIN.matcher(text).matches() && Origin.tryParse(text).isPresent();
  }

  /** The names of a list, each once in any case. */
  private static List<String> names(Optional<String> list) {
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    return list.stream()
        .flatMap(names -> Arrays.stream(names.split(", ?", -1)))
        .filter(NAME.asMatchPredicate())
        .filter(seen::add)
        .limit(MOST_NAMES)
        .toList();
  }

  /** Whether the method needs a permission. */
  boolean needsMethod() {
    return !SAFELISTED.contains(method);
  }

  /** The methods that every page may use, and this one. */
  List<String> methods() {
    Set<String> methods = new LinkedHashSet<>(List.of("GET", "HEAD", "POST"));
    methods.add(method);
    return List.copyOf(methods);
  }

  /** Whether a type such as JSON needs a permission. */
  boolean needsContentType() {
    return headers.stream().anyMatch("Content-Type"::equalsIgnoreCase);
  }

  /** Whether the page has a scheme of its own, as those of apps and extensions have. */
  boolean isOfApp() {
    return !origin.startsWith("http:") && !origin.startsWith("https:");
  }

  /** Whether anybody on the network can read and change what the page does with credentials. */
  boolean isInsecure() {
    return credentials
        && origin.startsWith("http:")
        && !Origin.tryParse(origin).map(Origin::isLoopback).orElse(false);
  }
}
