package dev.corsac.config.regex;

import static java.util.stream.Collectors.joining;

import dev.corsac.CorsPolicy;
import dev.corsac.finding.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the entries of {@code allow_origins} that say the same as a regular expression. */
public final class RegexAsPatterns {
  private static final int MOST = 16;
  private static final String LABEL = "(?:\\[a-z0-9-\\]|\\[a-z0-9_-\\]|\\[\\^/\\]|\\.)";

  private static final Pattern SUBDOMAINS =
      Pattern.compile(LABEL + "[+*]\\\\\\.|\\((?:\\?:)?" + LABEL + "[+*]\\\\\\.\\)\\+?");

  private static final Pattern OPTIONAL_SUBDOMAINS =
      Pattern.compile("\\((?:\\?:)?" + LABEL + "[+*]\\\\\\.\\)[?*]");

  private static final Pattern ANY_PORT =
      Pattern.compile("(?:\\((?:\\?:)?:(?:\\\\d|\\[0-9\\])[+*]\\)\\??|:(?:\\\\d|\\[0-9\\])[+*])$");

  private RegexAsPatterns() {}

  /** The entries; empty if there are none, or not few. */
  public static List<String> sameAs(String regex, RegexLanguage language) {
    Optional<List<String>> all = language.all(MOST);
    List<String> entries = all.orElseGet(() -> guess(withoutAnchors(regex)));
    boolean same =
        all.isPresent()
            || isSame(language, entries, "(?::[0-9]+)?")
            || isSame(language, entries, ":[0-9]+");
    return same ? valid(entries) : List.of();
  }

  /** Whether the entries allow what an expression matches, if {@code :*} is read so. */
  private static boolean isSame(RegexLanguage language, List<String> entries, String port) {
    String regex = entries.stream().map(each -> regex(each, port)).collect(joining("|"));
    return RegexLanguage.of(regex).filter(language::is).isPresent();
  }

  /** What the author seems to have meant; it need not be the same. */
  private static List<String> guess(String regex) {
    int host = regex.indexOf("://") + 3;
    if (host < 3) {
      return List.of();
    }
    String scheme = regex.substring(0, host);
    Matcher port = ANY_PORT.matcher(regex);
    boolean anyPort = port.find(host);
    String rest = anyPort ? regex.substring(host, port.start()) : regex.substring(host);
    Matcher optional = OPTIONAL_SUBDOMAINS.matcher(rest);
    Matcher subdomains = SUBDOMAINS.matcher(rest);
    boolean both = optional.lookingAt();
    boolean below = !both && subdomains.lookingAt();
    String domain =
        both ? rest.substring(optional.end()) : below ? rest.substring(subdomains.end()) : rest;
    Optional<String> literal = literal(scheme + domain);
    if (literal.isEmpty()) {
      return List.of();
    }
    String end = literal.get().substring(scheme.length()) + (anyPort ? ":*" : "");
    return both
        ? List.of(scheme + end, scheme + "*." + end)
        : List.of(scheme + (below ? "*." : "") + end);
  }

  private static String regex(String entry, String port) {
    boolean anyPort = entry.endsWith(":*");
    String origin = anyPort ? entry.substring(0, entry.length() - 2) : entry;
    return origin.replace(".", "\\.").replace("*\\.", "(?:[a-z0-9_-]+\\.)+")
        + (anyPort ? port : "");
  }

  /** Without {@code ^} and {@code $}, which a full match does not need. */
  public static String withoutAnchors(String regex) {
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
