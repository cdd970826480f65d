package dev.corsac.config;

import dev.corsac.CorsPolicy;
import dev.corsac.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the entries of {@code allow_origins} that say the same as a regular expression. */
final class RegexPatterns {
  private static final int MOST = 16;
  private static final String LABEL = "(?:\\[a-z0-9-\\]|\\[a-z0-9_-\\]|\\[\\^/\\]|\\.)";

  private static final Pattern SUBDOMAINS =
      Pattern.compile(LABEL + "[+*]\\\\\\.|\\((?:\\?:)?" + LABEL + "[+*]\\\\\\.\\)\\+?");

  private static final Pattern OPTIONAL_SUBDOMAINS =
      Pattern.compile("\\((?:\\?:)?" + LABEL + "[+*]\\\\\\.\\)[?*]");

  private static final Pattern ANY_PORT =
      Pattern.compile("(?:\\((?:\\?:)?:(?:\\\\d|\\[0-9\\])[+*]\\)\\??|:(?:\\\\d|\\[0-9\\])[+*])$");

  private RegexPatterns() {}

  /** The entries; empty if there are none, or not few. */
  static List<String> sameAs(String regex) {
    String bare = withoutAnchors(regex);
    RegexSamples.Result samples = RegexSamples.of(bare);
    if (samples.exact() && samples.texts().size() <= MOST) {
      return valid(List.copyOf(samples.texts()));
    }
    int host = bare.indexOf("://") + 3;
    if (host < 3) {
      return List.of();
    }
    String scheme = bare.substring(0, host);
    Matcher port = ANY_PORT.matcher(bare);
    boolean anyPort = port.find(host);
    String rest = anyPort ? bare.substring(host, port.start()) : bare.substring(host);
    Matcher optional = OPTIONAL_SUBDOMAINS.matcher(rest);
    Matcher subdomains = SUBDOMAINS.matcher(rest);
    boolean both = optional.lookingAt();
    boolean below = !both && subdomains.lookingAt();
    String domain =
        both ? rest.substring(optional.end()) : below ? rest.substring(subdomains.end()) : rest;
    // One label of certain characters only is less than *. says, unless it may be repeated.
    boolean narrower = rest.startsWith("[a-z");
    Optional<String> literal = literal(scheme + domain);
    if (literal.isEmpty() || narrower) {
      return List.of();
    }
    String end = literal.get().substring(scheme.length()) + (anyPort ? ":*" : "");
    Stream<String> entries =
        both
            ? Stream.of(scheme + end, scheme + "*." + end)
            : Stream.of(scheme + (below ? "*." : "") + end);
    return valid(entries.toList());
  }

  /** Without {@code ^} and {@code $}, which a full match does not need. */
  static String withoutAnchors(String regex) {
    String bare = regex.replaceFirst("^(?:\\^|\\\\A)+", "");
    Matcher end = Pattern.compile("(?:\\$|\\\\z)+$").matcher(bare);
    boolean escaped = end.find() && end.start() > 0 && bare.charAt(end.start() - 1) == '\\';
    return escaped ? bare : end.replaceFirst("");
  }

  private static Optional<String> literal(String regex) {
    String text = regex.replaceAll("\\\\([./-])", "$1");
    boolean plain = regex.matches("(?:[A-Za-z0-9:/_-]|\\\\[./-])*");
    return plain ? Optional.of(text) : Optional.empty();
  }

  private static List<String> valid(List<String> entries) {
    boolean valid =
        !entries.isEmpty()
            && Set.copyOf(entries).size() == entries.size()
            && CorsPolicy.builder().allowOrigins(entries).findings().stream()
                .noneMatch(finding -> finding.severity() == Severity.ERROR);
    return valid ? entries : List.of();
  }
}
