package dev.corsac.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.corsac.Finding;
import dev.corsac.OriginSource;
import dev.corsac.Risk;
import dev.corsac.Rule;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code allow_origin_regex}: matched against whole origins in linear time, and distrusted.
 *
 * <p>What it lets in is found by asking it: with texts made from the expression, and with what an
 * attacker could register to look like them.
 */
final class OriginRegex {
  private static final String WHERE = "allow_origin_regex";
  private static final int MAX_LENGTH = 1_000;
  private static final int MAX_PROGRAM = 10_000;

  private final List<Finding> findings = new ArrayList<>();
  private final Set<Risk> risks = EnumSet.noneOf(Risk.class);
  private @Nullable Pattern pattern;

  private OriginRegex() {}

  static OriginRegex compile(String regex, boolean credentials, Set<Risk> accepted) {
    OriginRegex result = new OriginRegex();
    result.pattern = result.compile(regex);
    if (result.pattern != null) {
      result.check(regex, credentials, accepted);
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

  private void check(String regex, boolean credentials, Set<Risk> accepted) {
    String escaped = RegexDots.escaped(regex);
    String bare = RegexPatterns.withoutAnchors(escaped);
    List<String> same = RegexPatterns.sameAs(escaped);
    String instead = same.isEmpty() ? "" : ", or rather allow_origins: " + list(same);
    if (!escaped.equals(regex)) {
      add(
          Rule.REGEX_DOT,
          quote(regex)
              + " has a dot that matches any character, so "
              + Text.quote(RegexDots.lookAlike(regex))
              + " passes for "
              + Text.quote(RegexDots.meant(regex))
              + ".",
          "Write " + quote(bare) + instead + ".");
    }
    RegexProbe probe = new RegexProbe(Pattern.compile(escaped), escaped);
    Optional<String> stranger = probe.stranger();
    if (stranger.isPresent()) {
      add(
          Rule.REGEX_ANY,
          quote(regex) + " matches " + Text.quote(stranger.get()) + ", which is anyone's.",
          "Write what is before and after the varying part, dots and slashes too, such as "
              + "'https://pr-[0-9]+\\.example\\.com'; or list origins in allow_origins.");
    }
    checkInsecure(regex, probe, credentials, accepted);
    checkPublicSuffix(regex, probe, credentials, accepted);
    probe
        .loopback()
        .ifPresent(
            origin ->
                add(
                    Rule.LOOPBACK_ORIGIN,
                    quote(regex)
                        + " matches "
                        + Text.quote(origin)
                        + ", which is whatever runs on the user's own machine.",
                    "Move it to the development profile."));
    if (!probe.matchesAnOrigin()) {
      add(
          Rule.REGEX_NEVER,
          quote(regex) + " seems to match no origin that a browser sends.",
          "Match scheme://host or scheme://host:port in lower case, with no path and no default port.");
      return;
    }
    if (stranger.isPresent() || !escaped.equals(regex)) {
      return;
    }
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

  private void checkInsecure(
      String regex, RegexProbe probe, boolean credentials, Set<Risk> accepted) {
    Optional<String> insecure = probe.insecure();
    if (insecure.isEmpty()) {
      return;
    }
    boolean refused = credentials && !accepted.contains(Risk.INSECURE_ORIGINS);
    if (credentials) {
      risks.add(Risk.INSECURE_ORIGINS);
    }
    String matches = quote(regex) + " matches " + Text.quote(insecure.get());
    if (refused) {
      add(
          Rule.INSECURE_ORIGIN_CREDENTIALS,
          matches + ": whoever is on the network can change that page and use the user's cookies.",
          "Let it start with https://. To accept the danger: dangerously_allow: [insecure_origins].");
    } else {
      add(
          Rule.REGEX_INSECURE,
          matches + ": whoever is on the network can change that page and read what it reads.",
          "Let it start with https://.");
    }
  }

  private void checkPublicSuffix(
      String regex, RegexProbe probe, boolean credentials, Set<Risk> accepted) {
    Optional<String> registered = probe.underPublicSuffix();
    if (registered.isEmpty()) {
      return;
    }
    if (credentials) {
      risks.add(Risk.PUBLIC_SUFFIX_SUBDOMAINS);
    }
    boolean refused = credentials && !accepted.contains(Risk.PUBLIC_SUFFIX_SUBDOMAINS);
    add(
        refused ? Rule.PUBLIC_SUFFIX_CREDENTIALS : Rule.PUBLIC_SUFFIX,
        quote(regex)
            + " matches "
            + Text.quote(registered.get())
            + ", a name that anyone can register.",
        refused
            ? "List your own names. To accept the danger: dangerously_allow: [public_suffix_subdomains]."
            : "List your own names.");
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
