package dev.corsac.doctor.explain;

import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import dev.corsac.doctor.problem.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Firefox's lines about CORS in other languages. The URL, the names of headers, the values {@code
 * true} and {@code *} and the status are as in English; they, and a few words of {@code
 * languages.yaml}, say which line it is.
 */
final class Translations {
  private static final String RESOURCE = "languages.yaml";

  /** So far after the words that open a line, its URL begins. */
  private static final int NEAR = 300;

  /** So long can what follows the URL be. */
  private static final int LONGEST_REASON = 2048;

  private static final int LONGEST_URL = 8 * 1024;

  private static final String HEADER = "access-control-";

  /** A quote that is no apostrophe within a word. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "\"(\\s?\"[^\"]+\"\\s?|[^\"]*)\"|(?<!\\p{L})'([^']*)'(?![\\p{IsLatin}\\p{IsCyrillic}])");

  private static final Pattern STAR = Pattern.compile("['\"]\\s?\\*\\s?['\"]");
  private static final Pattern STATUS =
      Pattern.compile("(?::\\s|\uff1a\\s?|=\\s?)(\\(null\\)|\\d{3})(?![\\d:])");
  private static final Pattern HTTP = Pattern.compile("(?<![a-z])http(?![a-z:])");

  private Translations() {}

  /** What a word tells of a reason. */
  private enum Sign {
    SEVERAL,
    INVALID,
    REDIRECT,
    PREFLIGHT,
    DISABLED
  }

  private record Language(List<String> opens, Map<Sign, List<String>> words) {
    boolean says(Sign sign, String reason) {
      return words.getOrDefault(sign, List.of()).stream().anyMatch(reason::contains);
    }
  }

  /**
   * The openings and the reasons in other languages.
   *
   * @param english what is known in English, and is not looked at again
   */
  static List<Messages.Hit> in(PastedText text, List<Messages.Hit> english) {
    NavigableMap<Integer, List<Language>> openings = new TreeMap<>();
    for (Language language : Holder.ALL) {
      for (String words : language.opens()) {
        int at = text.indexOf(words, 0, text.length());
        while (at >= 0) {
          openings.computeIfAbsent(at, unused -> new ArrayList<>()).add(language);
          at = text.indexOf(words, at + words.length(), text.length());
        }
      }
    }
    if (openings.isEmpty()) {
      return List.of();
    }
    String whole = text.text();
    List<Messages.Hit> hits = new ArrayList<>();
    int end = 0;
    for (Map.Entry<Integer, List<Language>> opening : openings.entrySet()) {
      int start = opening.getKey();
      boolean known = english.stream().anyMatch(hit -> hit.start() <= start && start < hit.end());
      if (start < end || known) {
        continue;
      }
      Url url = Url.after(whole, start);
      if (url == null) {
        continue;
      }
      hits.add(
          new Messages.Hit(
              Messages.ofKey("opening"), start, url.end(), Facts.of(Fact.URL, url.text())));
      int from = url.end();
      if (from < whole.length() && "'\"".indexOf(whole.charAt(from)) >= 0) {
        from++;
      }
      int limit = limit(whole, from, openings);
      List<Language> languages =
          openings.subMap(start, true, url.end(), true).values().stream()
              .flatMap(List::stream)
              .distinct()
              .toList();
      end = url.end();
      Messages.Hit reason = reason(whole, from, limit, languages);
      if (reason != null) {
        hits.add(reason);
        end = reason.end();
      }
    }
    return hits;
  }

  /** Where the line ends: at the next one, or at a line's end behind what tells the reason. */
  private static int limit(String whole, int from, NavigableMap<Integer, List<Language>> openings) {
    int limit = Math.min(whole.length(), from + LONGEST_REASON);
    Integer next = openings.higherKey(from + 1);
    if (next != null && whole.lastIndexOf('\n', next) > from) {
      limit = Math.min(limit, whole.lastIndexOf('\n', next));
    }
    for (int at = whole.indexOf('\n', from);
        at >= 0 && at < limit;
        at = whole.indexOf('\n', at + 1)) {
      // A line's end within the reason is a console's that was too narrow.
      if (whole.substring(from, at).strip().endsWith(".")
          || whole.substring(from, at).endsWith("\u3002")) {
        return at;
      }
    }
    return limit;
  }

  private static Messages.@Nullable Hit reason(
      String whole, int from, int to, List<Language> languages) {
    String text = whole.substring(from, to).replace('\n', ' ');
    String reason = PastedText.folded(text);
    if (reason.length() != text.length()) {
      reason = text.toLowerCase(Locale.ROOT);
    }
    List<String> values = values(text);
    String key = key(reason, values, languages);
    if (key == null) {
      return null;
    }
    Facts facts = Facts.of();
    Matcher status = STATUS.matcher(text);
    if (status.find()) {
      facts = facts.with(Fact.STATUS, status.group(1));
    }
    Fact named =
        switch (key) {
          case "CORSAllowOriginNotMatchingOrigin",
              "CORSInvalidAllowMethod",
              "CORSInvalidAllowHeader" ->
              Fact.VALUE;
          case "CORSMissingAllowHeaderFromPreflight" -> Fact.HEADER;
          default -> null;
        };
    if (named == Fact.HEADER && values.isEmpty()) {
      // A page may send a header of responses, which reads like one of the server's here.
      values =
          quoted(text).stream()
              .filter(each -> !PastedText.folded(each).startsWith(HEADER + "allow-header"))
              .toList();
    }
    if (named != null && !values.isEmpty()) {
      facts = facts.with(named, values.get(0));
    }
    return new Messages.Hit(Messages.ofKey(key), from, to, facts);
  }

  private static @Nullable String key(
      String reason, List<String> values, List<Language> languages) {
    if (STAR.matcher(reason).find()) {
      return reason.contains("authorization")
          ? "CORSAllowHeaderFromPreflightDeprecation"
          : "CORSNotSupportingCredentials";
    }
    if (reason.contains(HEADER + "allow-credentials")) {
      return "CORSMissingAllowCredentials";
    }
    if (reason.contains(HEADER + "allow-method")) {
      return values.isEmpty() ? "CORSMethodNotFound" : "CORSInvalidAllowMethod";
    }
    if (reason.contains(HEADER + "allow-header")) {
      return says(Sign.INVALID, reason, languages)
          ? "CORSInvalidAllowHeader"
          : "CORSMissingAllowHeaderFromPreflight";
    }
    if (reason.contains(HEADER)) {
      if (!values.isEmpty()) {
        return "CORSAllowOriginNotMatchingOrigin";
      }
      return says(Sign.SEVERAL, reason, languages)
          ? "CORSMultipleAllowOriginNotAllowed"
          : "CORSMissingAllowOrigin";
    }
    if (says(Sign.REDIRECT, reason, languages) && !HTTP.matcher(reason).find()) {
      return "CORSExternalRedirectNotAllowed";
    }
    if (!reason.contains("cors")) {
      return null;
    }
    if (HTTP.matcher(reason).find()) {
      return "CORSRequestNotHttp";
    }
    if (reason.contains("preflight") || says(Sign.PREFLIGHT, reason, languages)) {
      return "CORSPreflightDidNotSucceed";
    }
    if (says(Sign.DISABLED, reason, languages)) {
      return "CORSDisabled";
    }
    return values.isEmpty() ? "CORSDidNotSucceed" : "CORSOriginHeaderNotAdded";
  }

  private static boolean says(Sign sign, String reason, List<Language> languages) {
    return languages.stream().anyMatch(language -> language.says(sign, reason));
  }

  /** What stands in quotes, without what stands there in every line of its kind. */
  private static List<String> values(String reason) {
    List<String> values = new ArrayList<>();
    for (String value : quoted(reason)) {
      String lower = PastedText.folded(value);
      if (!lower.startsWith(HEADER) && !lower.equals("preflight")) {
        values.add(value);
      }
    }
    return values;
  }

  private static List<String> quoted(String reason) {
    List<String> all = new ArrayList<>();
    Matcher quoted = QUOTED.matcher(reason);
    while (quoted.find()) {
      all.add(Optional.ofNullable(quoted.group(1)).orElse(quoted.group(2)).strip());
    }
    return all;
  }

  /** A URL, and where it ends. */
  private record Url(String text, int end) {
    static @Nullable Url after(String whole, int from) {
      int mark = whole.indexOf(":/", from);
      if (mark < 0 || mark - from > NEAR) {
        return null;
      }
      int start = mark;
      while (start > from && isOfScheme(whole.charAt(start - 1))) {
        start--;
      }
      int end = mark;
      while (end < whole.length() && end - start < LONGEST_URL && isOfUrl(whole.charAt(end))) {
        end++;
      }
      while (end > mark + 2 && ".,;:)".indexOf(whole.charAt(end - 1)) >= 0) {
        end--;
      }
      return start == mark ? null : new Url(whole.substring(start, end), end);
    }

    private static boolean isOfScheme(char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
    }

    /** Firefox writes URLs in ASCII; in some languages a word follows without a space. */
    private static boolean isOfUrl(char c) {
      return c > ' ' && c < 0x7f && c != '"' && c != '\'';
    }
  }

  private static final class Holder {
    static final List<Language> ALL = read();

    private static List<Language> read() {
      List<Language> languages = new ArrayList<>();
      for (Object entry : Resources.map(Translations.class, RESOURCE).values()) {
        Map<?, ?> language = (Map<?, ?>) entry;
        Map<Sign, List<String>> words = new HashMap<>();
        for (Sign sign : Sign.values()) {
          words.put(sign, folded(language.get(sign.name().toLowerCase(Locale.ROOT))));
        }
        languages.add(new Language(folded(language.get("opens")), words));
      }
      return List.copyOf(languages);
    }

    private static List<String> folded(@Nullable Object words) {
      return words instanceof List<?> list
          ? list.stream().map(word -> PastedText.folded(word.toString())).toList()
          : List.of();
    }
  }
}
