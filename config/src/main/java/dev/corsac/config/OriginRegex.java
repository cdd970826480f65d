package dev.corsac.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.corsac.Finding;
import dev.corsac.OriginSource;
import dev.corsac.Risk;
import dev.corsac.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code allow_origin_regex}: matched against whole origins in linear time, and distrusted.
 *
 * <p>What it lets in is computed, not tried: the expression is intersected with the origins that
 * strangers could have, that are not secure, and so on. Each finding names one that matches; no
 * finding means that there is none. Severities are those of the same origins written out.
 */
final class OriginRegex {
  private static final String WHERE = "allow_origin_regex";
  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_PROGRAM = 10_000;
  private static final java.util.regex.Pattern BRANCHES =
      java.util.regex.Pattern.compile("--([a-z0-9]+(?:-[a-z0-9]+)*)(?:\\\\\\.|\\[\\.\\])netlify");

  private final boolean credentials;
  private final Set<Risk> accepted;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<Risk> risks = EnumSet.noneOf(Risk.class);
  private @Nullable Pattern pattern;

  private OriginRegex(boolean credentials, Set<Risk> accepted) {
    this.credentials = credentials;
    this.accepted = accepted;
  }

  static OriginRegex compile(String regex, boolean credentials, Set<Risk> accepted) {
    OriginRegex result = new OriginRegex(credentials, accepted);
    result.pattern = result.compile(regex);
    if (result.pattern != null) {
      result.check(regex);
    }
    return result;
  }

  List<Finding> findings() {
    return findings;
  }

  /** The accepted dangers that it has. */
  Set<Risk> risks() {
    return risks;
  }

  /** What it allows; empty if it cannot be compiled. */
  Optional<OriginSource> source() {
    Pattern compiled = pattern;
    return compiled == null ? Optional.empty() : Optional.of(compiled::matches);
  }

  private @Nullable Pattern compile(String regex) {
    if (regex.length() > MAX_LENGTH || RegexDots.repeats(regex) > MAX_PROGRAM) {
      add(
          Rule.REGEX_SYNTAX,
          "The regular expression is too long or repeats too much.",
          "List origins and patterns in allow_origins.");
      return null;
    }
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      boolean look = regex.matches(".*\\(\\?(?:[=!]|<[=!]).*");
      add(
          Rule.REGEX_SYNTAX,
          quote(regex) + " is no regular expression: " + Text.printable(e.getDescription()) + ".",
          look
              ? "Do without look-around, which RE2 has not, as it could take for ever."
              : "Mend it, or list origins and patterns in allow_origins.");
      return null;
    }
  }

  private void check(String regex) {
    String escaped = checkDots(regex);
    Optional<RegexLanguage> judged = RegexLanguage.of(escaped);
    if (judged.isEmpty()) {
      addNotJudged(regex);
      return;
    }
    RegexLanguage language = judged.get();
    if (language.any().isEmpty()) {
      add(
          Rule.REGEX_NEVER,
          quote(regex) + " matches no origin that a browser sends.",
          "Match scheme://host or scheme://host:port in lower case, with no path and no default port.");
      return;
    }
    boolean strange = checkStrangers(regex, language);
    checkInsecure(regex, language);
    Optional<String> loopback =
        strange ? Optional.empty() : language.anyOf(OriginLanguage.LOOPBACK);
    loopback.ifPresent(
        origin ->
            add(
                Rule.LOOPBACK_ORIGIN,
                matches(regex, origin) + ", which is whatever runs on the user's own machine.",
                "Move it to the development profile."));
    if (!strange && escaped.equals(regex)) {
      checkForm(regex, language);
    }
  }

  /** The expression with its dots mended, if one of them lets in what was not meant. */
  private String checkDots(String regex) {
    String escaped = RegexDots.escaped(regex);
    for (String other : RegexDots.otherwise(regex)) {
      Optional<String> lookAlike = RegexLanguage.of(other).flatMap(RegexLanguage::any);
      if (lookAlike.isPresent()) {
        String instead =
            RegexLanguage.of(escaped)
                .map(language -> RegexPatterns.sameAs(escaped, language))
                .filter(entries -> !entries.isEmpty())
                .map(entries -> ", or rather allow_origins: " + list(entries))
                .orElse("");
        add(
            Rule.REGEX_DOT,
            quote(regex)
                + " has a dot that matches any character, so "
                + Text.quote(lookAlike.get())
                + " passes too.",
            "Write " + quote(RegexPatterns.withoutAnchors(escaped)) + instead + ".");
        return escaped;
      }
    }
    return regex;
  }

  /** Whether strangers' origins are among what it matches. */
  private boolean checkStrangers(String regex, RegexLanguage language) {
    Map<String, Set<String>> sold = new LinkedHashMap<>();
    Map<String, Set<String>> shared = new LinkedHashMap<>();
    try {
      language
          .writtenNames()
          .bySuffix()
          .forEach(
              (suffix, names) ->
                  (isShared(suffix) ? shared : sold)
                      .put(suffix, withBranches(regex, suffix, names)));
    } catch (RegexAutomaton.NotJudged e) {
      addNotJudged(regex);
      return true;
    }
    Optional<String> anyones =
        strangers(language, sold)
            .or(() -> language.notWrittenOut(OriginLanguage.PUBLIC_ADDRESSES))
            .or(() -> language.notWrittenOut(OriginLanguage.APPS));
    anyones.ifPresent(
        origin ->
            add(
                credentials ? Rule.REGEX_ANY : Rule.ANY_ORIGIN,
                matches(regex, origin) + ", which is anyone's.",
                "Write what is before and after the varying part, dots and slashes too, such as "
                    + "'https://pr-[0-9]+\\.example\\.com'; or list origins in allow_origins."));
    Optional<String> registered =
        anyones.isPresent() ? Optional.empty() : strangers(language, shared);
    registered.ifPresent(origin -> addPublicSuffix(regex, origin));
    return anyones.isPresent() || registered.isPresent();
  }

  private static Optional<String> strangers(
      RegexLanguage language, Map<String, Set<String>> names) {
    return names.isEmpty()
        ? Optional.empty()
        : language.strangerOf(OriginLanguage.strangers(names));
  }

  /** Netlify keeps -- for the branches of a site, so what is before it belongs to the site too. */
  private static Set<String> withBranches(String regex, String suffix, Set<String> names) {
    if (!suffix.equals("netlify.app")) {
      return names;
    }
    Set<String> all = new TreeSet<>(names);
    Matcher site = BRANCHES.matcher(regex);
    while (site.find()) {
      all.add(OriginLanguage.BRANCH + site.group(1));
    }
    return all;
  }

  /**
   * Whether a suffix is one that a service gives away, such as {@code github.io}, and not one that
   * is sold, such as {@code co.uk}.
   */
  private static boolean isShared(String suffix) {
    return suffix.indexOf('.') > 0 && !suffix.matches("(?:com?|org?|net?|ac|edu|gov?)\\.[a-z]{2}");
  }

  private void addPublicSuffix(String regex, String origin) {
    if (credentials) {
      risks.add(Risk.PUBLIC_SUFFIX_SUBDOMAINS);
    }
    boolean refused = credentials && !accepted.contains(Risk.PUBLIC_SUFFIX_SUBDOMAINS);
    add(
        refused ? Rule.PUBLIC_SUFFIX_CREDENTIALS : Rule.PUBLIC_SUFFIX,
        matches(regex, origin) + ", a name that anyone can register.",
        refused
            ? "List your own names. To accept the danger: dangerously_allow: [public_suffix_subdomains]."
            : "List your own names.");
  }

  private void checkInsecure(String regex, RegexLanguage language) {
    Optional<String> insecure = language.anyOf(OriginLanguage.INSECURE);
    if (insecure.isEmpty()) {
      return;
    }
    if (credentials) {
      risks.add(Risk.INSECURE_ORIGINS);
    }
    String start =
        matches(regex, insecure.get()) + ": whoever is on the network can change that page and ";
    if (credentials && !accepted.contains(Risk.INSECURE_ORIGINS)) {
      add(
          Rule.INSECURE_ORIGIN_CREDENTIALS,
          start + "use the user's cookies.",
          "Let it start with https://. To accept the danger: dangerously_allow: [insecure_origins].");
    } else {
      add(Rule.REGEX_INSECURE, start + "read what it reads.", "Let it start with https://.");
    }
  }

  private void checkForm(String regex, RegexLanguage language) {
    List<String> same = RegexPatterns.sameAs(regex, language);
    String bare = RegexPatterns.withoutAnchors(regex);
    if (!same.isEmpty()) {
      add(
          Rule.REGEX_PATTERN,
          quote(regex) + " says no more than a list does.",
          "Write allow_origins: " + list(same) + ".");
    } else if (!bare.equals(regex)) {
      add(
          Rule.REGEX_ANCHOR,
          "^ and $ are needless: the whole origin has to match.",
          "Write " + quote(bare) + ".");
    }
  }

  /** With as much care as if everyone were let in, since no one can tell who is. */
  private void addNotJudged(String regex) {
    add(
        credentials ? Rule.REGEX_ANY : Rule.ANY_ORIGIN,
        quote(regex) + " cannot be judged: it is too large, or has \\b, so it may let everyone in.",
        "Write a smaller expression without \\b, or list origins and patterns in allow_origins.");
  }

  private static String matches(String regex, String origin) {
    return quote(regex) + " matches " + Text.quote(origin);
  }

  private void add(Rule rule, String message, String fix) {
    findings.add(new Finding(rule, WHERE, message, fix));
  }

  /** In single quotes, in which YAML takes a backslash for itself. */
  private static String quote(String regex) {
    String text = Text.quote(regex);
    return "'"
        + text.substring(1, text.length() - 1).replace("\\\"", "\"").replace("'", "''")
        + "'";
  }

  private static String list(List<String> entries) {
    return entries.stream().map(Text::quote).collect(Collectors.joining(", ", "[", "]"));
  }
}
