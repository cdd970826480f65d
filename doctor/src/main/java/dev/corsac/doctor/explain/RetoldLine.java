package dev.corsac.doctor.explain;

import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line that somebody retyped, cut off or had translated: the header that it names, and what it
 * says of it, give the reason where the words themselves are no browser's.
 */
final class RetoldLine {
  /** So much of a text is read in this way. */
  private static final int LONGEST = 4096;

  private static final Pattern BLOCKED =
      Pattern.compile(
          "block|cors policy|cors error|refus|denie|disallow|not allowed|reject|same.origin policy"
              + "|has been|failed|cors-richtlinie|stratégie cors|política (de )?cors");
  private static final Pattern MISSING =
      Pattern.compile(
          "\\bno '?access|\\bno\\b|\\bmiss|not"
              + " (have|present|set|found|include|contain|return|exist)"
              + "|(does|do|is|has|was)n't|\\black|without|absent|\\bkein|\\bfehl|\\baucun|manqu"
              + "|\\bfalta|ausente|ningún|nenhum|manca|нет|отсутств|没有|缺少|不存在|未");
  private static final Pattern SEVERAL =
      Pattern.compile("multiple|more than one|several|twice|duplicate|only one");
  private static final Pattern OTHER =
      Pattern.compile(
          "not equal|(not|n't) match|mismatch|different|not the same|unequal|has a value");
  private static final Pattern WILDCARD = Pattern.compile("wildcard|'\\*'|\\*");
  private static final Pattern CREDENTIALS = Pattern.compile("credential|cookie");
  private static final Pattern REFUSED =
      Pattern.compile(
          "not (allowed|list|includ|permitted|in|found|present)|n't|miss|disallow|block");
  private static final Pattern OK_STATUS =
      Pattern.compile("ok status|status (is not|isn't) ok|not.{0,20}ok\\b");
  private static final Pattern URL =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,30}://[^\\s'\"<>)]+");
  private static final Pattern QUOTED = Pattern.compile("['\"]([^'\"]{1,300})['\"]");
  private static final Pattern METHOD =
      Pattern.compile("\\b(PUT|PATCH|DELETE|OPTIONS|HEAD|GET|POST)\\b");
  private static final Pattern FIELD =
      Pattern.compile(
          "(?i)(?:header field|header|field)s? ['\"]?([A-Za-z0-9_-]{2,64})['\"]?"
              + " (?:is|was|isn't|are)");
  private static final String HEADER = "access-control-allow-";

  private final String text;
  private final String words;

  private RetoldLine(String text) {
    this.text = text;
    this.words = PastedText.folded(text);
  }

  /**
   * What a text means whose words are no browser's; empty if that cannot be told.
   *
   * @param known what is known of it already: who wrote it, and whose URL it names
   */
  static Optional<ConsoleLine> of(PastedText pasted, @Nullable ConsoleLine known) {
    String whole = pasted.text().replace('\n', ' ');
    RetoldLine line = new RetoldLine(whole.substring(0, Math.min(whole.length(), LONGEST)));
    if (!BLOCKED.matcher(line.words).find()) {
      return Optional.empty();
    }
    List<Problem> problems = line.problems();
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    Facts facts = known == null ? Facts.of() : known.facts();
    Message reason =
        new Message(
            Optional.empty(),
            Message.Part.REASON,
            new Template("{text}"),
            line.words.contains("preflight")
                ? problems.stream().map(Problem::ofPreflight).toList()
                : problems,
            "",
            "",
            false,
            "",
            "");
    return Optional.of(
        ConsoleLine.of(
            known == null ? null : known.opening(),
            reason,
            facts.orElse(line.facts(problems.get(0)))));
  }

  private List<Problem> problems() {
    boolean preflight = words.contains("preflight");
    if (words.contains(HEADER + "origin")) {
      return ofAllowOrigin();
    }
    if (words.contains(HEADER + "credential")) {
      return List.of(Problem.ALLOW_CREDENTIALS_NOT_TRUE);
    }
    if (words.contains(HEADER + "method") && REFUSED.matcher(words).find()) {
      return List.of(Problem.METHOD_NOT_ALLOWED, Problem.METHOD_STAR_CREDENTIALS);
    }
    boolean field = words.contains("header field") || words.contains(HEADER + "header");
    if (field && REFUSED.matcher(words).find()) {
      return List.of(Problem.HEADER_NOT_ALLOWED, Problem.HEADER_STAR_CREDENTIALS);
    }
    if (preflight && words.contains("redirect")) {
      return List.of(
          Problem.PREFLIGHT_REDIRECT,
          Problem.PREFLIGHT_REDIRECT_HTTPS,
          Problem.PREFLIGHT_REDIRECT_SLASH,
          Problem.PREFLIGHT_REDIRECT_LOGIN);
    }
    if (preflight && (OK_STATUS.matcher(words).find() || words.contains("not have http"))) {
      return List.of(
          Problem.PREFLIGHT_STATUS,
          Problem.PREFLIGHT_NOT_HANDLED,
          Problem.PREFLIGHT_UNAUTHORIZED,
          Problem.PREFLIGHT_FORBIDDEN,
          Problem.PREFLIGHT_SERVER_ERROR);
    }
    return List.of();
  }

  private List<Problem> ofAllowOrigin() {
    if (SEVERAL.matcher(words).find()) {
      return List.of(Problem.ALLOW_ORIGIN_TWICE, Problem.ALLOW_ORIGIN_LIST);
    }
    if (WILDCARD.matcher(words).find() && CREDENTIALS.matcher(words).find()) {
      return List.of(Problem.ALLOW_ORIGIN_WILDCARD);
    }
    if (OTHER.matcher(words).find()) {
      return List.of(Problem.ALLOW_ORIGIN_MISMATCH);
    }
    return MISSING.matcher(words).find() ? List.of(Problem.ALLOW_ORIGIN_MISSING) : List.of();
  }

  private Facts facts(Problem problem) {
    Facts facts = Facts.of();
    Matcher urls = URL.matcher(text);
    while (urls.find()) {
      String url = urls.group().replaceFirst("[.,;:!]+$", "");
      String before = words.substring(Math.max(0, urls.start() - 14), urls.start());
      boolean origin = before.contains("origin") || before.contains("ursprung");
      if (problem == Problem.ALLOW_ORIGIN_MISMATCH && before.contains("value")) {
        facts = facts.with(Fact.VALUE, url);
      } else if (origin && facts.origin().isEmpty()) {
        facts = facts.with(Fact.ORIGIN, url);
      } else if (facts.url().isEmpty()) {
        facts = facts.with(Fact.URL, url);
      } else if (facts.origin().isEmpty() && UrlText.key(url).equals(UrlText.origin(url) + "/")) {
        facts = facts.with(Fact.ORIGIN, url);
      }
    }
    if (problem == Problem.METHOD_NOT_ALLOWED) {
      Matcher method = METHOD.matcher(text);
      facts = facts.with(Fact.METHOD, method.find() ? method.group(1) : null);
    }
    if (problem == Problem.HEADER_NOT_ALLOWED) {
      Matcher field = FIELD.matcher(text);
      facts = facts.with(Fact.HEADER, field.find() ? field.group(1) : quotedHeader());
    }
    return facts;
  }

  private @Nullable String quotedHeader() {
    Matcher quoted = QUOTED.matcher(text);
    while (quoted.find()) {
      String name = quoted.group(1);
      if (name.matches("[A-Za-z0-9-]{2,64}")
          && !PastedText.folded(name).startsWith("access-control-")) {
        return name;
      }
    }
    return null;
  }
}
