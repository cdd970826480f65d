package dev.corsac.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.corsac.OriginSource;
import dev.corsac.Risk;
import dev.corsac.config.regex.OriginLanguage;
import dev.corsac.config.regex.RegexAsPatterns;
import dev.corsac.config.regex.RegexAutomaton;
import dev.corsac.config.regex.RegexLanguage;
import dev.corsac.config.regex.RegexOrigins;
import dev.corsac.config.regex.UnescapedDots;
import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.Rule;
import dev.corsac.finding.SettingPath;
import dev.corsac.finding.Wording;
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
  private static final SettingPath PATH = SettingPath.of("allow_origin_regex");
  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_PROGRAM = 10_000;
  private static final java.util.regex.Pattern BRANCHES =
      java.util.regex.Pattern.compile("--([a-z0-9]+(?:-[a-z0-9]+)*)(?:\\\\\\.|\\[\\.\\])netlify");

  private final String regex;
  private final boolean credentials;
  private final Set<Risk> accepted;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<Risk> risks = EnumSet.noneOf(Risk.class);
  private @Nullable Pattern pattern;

  private OriginRegex(String regex, boolean credentials, Set<Risk> accepted) {
    this.regex = regex;
    this.credentials = credentials;
    this.accepted = accepted;
  }

  static OriginRegex compile(String regex, boolean credentials, Set<Risk> accepted) {
    OriginRegex result = new OriginRegex(regex, credentials, accepted);
    result.pattern = result.compile();
    if (result.pattern != null) {
      result.check();
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
    return compiled == null ? Optional.empty() : Optional.of(new RegexOrigins(compiled));
  }

  private @Nullable Pattern compile() {
    if (regex.length() > MAX_LENGTH || UnescapedDots.repeats(regex) > MAX_PROGRAM) {
      add(
          FileRule.REGEX_SYNTAX,
          Wording.of("The regular expression is too long or repeats too much."),
          Wording.of("List origins and patterns in ").key("allow_origins").text("."));
      return null;
    }
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      boolean look = regex.matches(".*\\(\\?(?:[=!]|<[=!]).*");
      add(
          FileRule.REGEX_SYNTAX,
          Wording.of(
              quote(regex)
                  + " is not a regular expression: "
                  + Escaped.printable(e.getDescription())
                  + "."),
          look
              ? Wording.of("Do without look-around, which RE2 has not, as it could take for ever.")
              : Wording.of("Mend it, or list origins and patterns in ")
                  .key("allow_origins")
                  .text("."));
      return null;
    }
  }

  private void check() {
    String escaped = checkDots();
    Optional<RegexLanguage> judged = RegexLanguage.of(escaped);
    if (judged.isEmpty()) {
      addNotJudged();
      return;
    }
    RegexLanguage language = judged.get();
    if (language.any().isEmpty()) {
      add(
          FileRule.REGEX_NEVER,
          quote(regex) + " matches no origin that a browser sends.",
          "Match scheme://host or scheme://host:port in lower case, with no path and no default port.");
      return;
    }
    boolean strange = checkStrangers(language);
    checkInsecure(language);
    Optional<String> loopback =
        strange ? Optional.empty() : language.anyOf(OriginLanguage.LOOPBACK);
    loopback.ifPresent(
        origin ->
            add(
                PolicyRule.LOOPBACK_ORIGIN,
                matches(origin) + ", which is whatever runs on the user's own machine.",
                "Move it to the development profile."));
    if (!strange && escaped.equals(regex)) {
      checkForm(language);
    }
  }

  /** The expression with its dots mended, if one of them lets in what was not meant. */
  private String checkDots() {
    String escaped = UnescapedDots.escaped(regex);
    for (String other : UnescapedDots.otherwise(regex)) {
      Optional<String> lookAlike = RegexLanguage.of(other).flatMap(RegexLanguage::any);
      if (lookAlike.isPresent()) {
        Wording write = Wording.of("Write " + quote(RegexAsPatterns.withoutAnchors(escaped)));
        Wording fix =
            RegexLanguage.of(escaped)
                .map(language -> RegexAsPatterns.sameAs(escaped, language))
                .filter(entries -> !entries.isEmpty())
                .map(entries -> write.text(", or rather ").then(listed(entries)))
                .orElse(write);
        add(
            FileRule.REGEX_DOT,
            Wording.of(
                quote(regex)
                    + " has a dot that matches any character, so "
                    + Escaped.quote(lookAlike.get())
                    + " passes too."),
            fix.text("."));
        return escaped;
      }
    }
    return regex;
  }

  /** Whether strangers' origins are among what it matches. */
  private boolean checkStrangers(RegexLanguage language) {
    Map<String, Set<String>> sold = new LinkedHashMap<>();
    Map<String, Set<String>> shared = new LinkedHashMap<>();
    try {
      language
          .writtenNames()
          .bySuffix()
          .forEach(
              (suffix, names) ->
                  (isShared(suffix) ? shared : sold).put(suffix, withBranches(suffix, names)));
    } catch (RegexAutomaton.NotJudged e) {
      addNotJudged();
      return true;
    }
    Optional<String> anyones =
        strangers(language, sold)
            .or(() -> language.notWrittenOut(OriginLanguage.PUBLIC_ADDRESSES))
            .or(() -> language.notWrittenOut(OriginLanguage.APPS));
    anyones.ifPresent(
        origin ->
            add(
                credentials ? FileRule.REGEX_ANY : PolicyRule.ANY_ORIGIN,
                Wording.of(matches(origin) + ", which is anyone's."),
                Wording.of(
                        "Write what is before and after the varying part, dots and slashes too, such as "
                            + "'https://pr-[0-9]+\\.example\\.com'; or list origins in ")
                    .key("allow_origins")
                    .text(".")));
    Optional<String> registered =
        anyones.isPresent() ? Optional.empty() : strangers(language, shared);
    registered.ifPresent(origin -> addPublicSuffix(origin));
    return anyones.isPresent() || registered.isPresent();
  }

  private static Optional<String> strangers(
      RegexLanguage language, Map<String, Set<String>> names) {
    return names.isEmpty()
        ? Optional.empty()
        : language.strangerOf(OriginLanguage.strangers(names));
  }

  /** Netlify keeps -- for the branches of a site, so what is before it belongs to the site too. */
  private Set<String> withBranches(String suffix, Set<String> names) {
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

  private void addPublicSuffix(String origin) {
    if (credentials) {
      risks.add(Risk.PUBLIC_SUFFIX_SUBDOMAINS);
    }
    boolean refused = credentials && !accepted.contains(Risk.PUBLIC_SUFFIX_SUBDOMAINS);
    add(
        refused ? PolicyRule.PUBLIC_SUFFIX_CREDENTIALS : PolicyRule.PUBLIC_SUFFIX,
        Wording.of(matches(origin) + ", a name that anyone can register."),
        refused
            ? orAccept("List your own names.", Risk.PUBLIC_SUFFIX_SUBDOMAINS)
            : Wording.of("List your own names."));
  }

  private void checkInsecure(RegexLanguage language) {
    Optional<String> insecure = language.anyOf(OriginLanguage.INSECURE);
    if (insecure.isEmpty()) {
      return;
    }
    if (credentials) {
      risks.add(Risk.INSECURE_ORIGINS);
    }
    String start =
        matches(insecure.get()) + ": whoever is on the network can change that page and ";
    if (credentials && !accepted.contains(Risk.INSECURE_ORIGINS)) {
      add(
          PolicyRule.INSECURE_ORIGIN_CREDENTIALS,
          Wording.of(start + "use the user's cookies."),
          orAccept("Let it start with https://.", Risk.INSECURE_ORIGINS));
    } else {
      add(FileRule.REGEX_INSECURE, start + "read what it reads.", "Let it start with https://.");
    }
  }

  private void checkForm(RegexLanguage language) {
    List<String> same = RegexAsPatterns.sameAs(regex, language);
    String bare = RegexAsPatterns.withoutAnchors(regex);
    if (!same.isEmpty()) {
      add(
          FileRule.REGEX_PATTERN,
          Wording.of(quote(regex) + " says no more than a list does."),
          Wording.of("Write ").then(listed(same)).text("."));
    } else if (!bare.equals(regex)) {
      add(
          FileRule.REGEX_ANCHOR,
          "^ and $ are needless: the whole origin has to match.",
          "Write " + quote(bare) + ".");
    }
  }

  /** With as much care as if everyone were let in, since no one can tell who is. */
  private void addNotJudged() {
    add(
        credentials ? FileRule.REGEX_ANY : PolicyRule.ANY_ORIGIN,
        Wording.of(
            quote(regex)
                + " cannot be judged: it is too large, or has \\b, so it may let everyone in."),
        Wording.of("Write a smaller expression without \\b, or list origins and patterns in ")
            .key("allow_origins")
            .text("."));
  }

  private String matches(String origin) {
    return quote(regex) + " matches " + Escaped.quote(origin);
  }

  private static Wording orAccept(String fix, Risk risk) {
    return Wording.of(fix + " To accept the danger: ")
        .key("dangerously_allow")
        .text(": [" + risk.key() + "].");
  }

  private void add(Rule rule, String message, String fix) {
    add(rule, Wording.of(message), Wording.of(fix));
  }

  private void add(Rule rule, Wording message, Wording fix) {
    findings.add(Finding.of(rule, PATH, message, fix).about(regex));
  }

  /** In single quotes, in which YAML takes a backslash for itself. */
  private static String quote(String regex) {
    String text = Escaped.quote(regex);
    return "'"
        + text.substring(1, text.length() - 1).replace("\\\"", "\"").replace("'", "''")
        + "'";
  }

  private static Wording listed(List<String> entries) {
    return Wording.of("")
        .key("allow_origins")
        .text(entries.stream().map(Escaped::literal).collect(Collectors.joining(", ", ": [", "]")));
  }
}
