package dev.corsac.doctor.explain;

import dev.corsac.doctor.problem.Fact;
import dev.corsac.doctor.problem.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Words with facts in braces, such as {@code Method {method} is not allowed}, and where a text has
 * them.
 *
 * <p>Finds the longest run of words first and the others from there, each as near as it can be, and
 * never looks again at what it has passed: the time is linear in the text. Immutable and
 * thread-safe.
 */
final class Template {
  private static final int LONGEST_VALUE = 8 * 1024;

  /** One more than there are placeholders; the last is empty if the template ends with one. */
  private final List<String> literals = new ArrayList<>();

  /** Empty for {@code {text}}, which stands for anything and is not kept. */
  private final List<Optional<Fact>> placeholders = new ArrayList<>();

  private final int anchor;

  Template(String text) {
    int from = 0;
    Matcher names = Fact.PLACEHOLDER.matcher(text);
    while (names.find()) {
      literals.add(PastedText.folded(text.substring(from, names.start())));
      placeholders.add(fact(names.group(1)));
      from = names.end();
    }
    literals.add(PastedText.folded(text.substring(from)));
    int longest = 0;
    for (int i = 1; i < literals.size(); i++) {
      if (literals.get(i).length() > literals.get(longest).length()) {
        longest = i;
      }
    }
    anchor = longest;
  }

  private static Optional<Fact> fact(String id) {
    Optional<Fact> fact = Fact.of(id);
    if (fact.isEmpty() && !id.equals("text")) {
      throw new IllegalArgumentException("There is no fact {" + id + "}.");
    }
    return fact;
  }

  /** Where in a text the template is, and the facts that stand there. */
  record Found(int start, int end, Facts facts) {}

  List<Found> in(PastedText text) {
    List<Found> found = new ArrayList<>();
    String words = literals.get(anchor);
    int from = 0;
    int at = text.indexOf(words, 0, text.length());
    while (at >= 0) {
      int next = text.indexOf(words, at + words.length(), text.length());
      Found here = around(text, at, from, next < 0 ? text.length() : next);
      if (here != null) {
        found.add(here);
      }
      from = here == null ? at + words.length() : here.end();
      at = next;
    }
    return found;
  }

  /** Its words without placeholders. */
  List<String> literals() {
    return literals;
  }

  /** Whether it is a code, such as {@code net::ERR_FAILED}, rather than words. */
  boolean isCode() {
    return literals.get(0).indexOf('_') > 0 && literals.get(0).strip().indexOf(' ') < 0;
  }

  private @Nullable Found around(PastedText text, int at, int from, int to) {
    Facts facts = Facts.of();
    int start = at;
    for (int i = anchor - 1; i >= 0; i--) {
      String before = literals.get(i);
      // Where the value is empty the two spaces around it have become one.
      int end = meetInSpace(before, literals.get(i + 1)) ? start + 1 : start;
      int begin = text.lastIndexOf(before, from, end);
      if (begin < 0) {
        return null;
      }
      facts = with(facts, i, text.between(Math.min(begin + before.length(), start), start));
      if (facts == null) {
        return null;
      }
      start = begin;
    }
    int end = at + literals.get(anchor).length();
    for (int i = anchor; i < placeholders.size(); i++) {
      String after = literals.get(i + 1);
      int begin;
      if (after.isEmpty()) {
        begin = isWord(placeholders.get(i)) ? text.endOfWord(end, to) : text.endOfLine(end, to);
        String word = text.between(end, begin);
        String bare = isWord(placeholders.get(i)) ? withoutPunctuation(word) : word;
        if (bare.isEmpty()) {
          return null;
        }
        facts = with(facts, i, bare);
        begin -= word.length() - bare.length();
      } else {
        begin =
            text.indexOf(
                after, mayBeEmpty(i) && meetInSpace(literals.get(i), after) ? end - 1 : end, to);
        if (begin < 0) {
          return null;
        }
        facts = with(facts, i, text.between(Math.min(end, begin), begin));
      }
      if (facts == null) {
        return null;
      }
      end = begin + after.length();
    }
    return new Found(start, end, facts);
  }

  private boolean mayBeEmpty(int placeholder) {
    return placeholders
        .get(placeholder)
        .filter(fact -> fact == Fact.URL || fact == Fact.FIRST || fact == Fact.STATUS)
        .isEmpty();
  }

  private static boolean meetInSpace(String before, String after) {
    return before.endsWith(" ") && after.startsWith(" ");
  }

  /** The facts and one more; null if the value cannot be that fact. */
  private @Nullable Facts with(Facts facts, int placeholder, String value) {
    Optional<Fact> fact = placeholders.get(placeholder);
    boolean isUrl = fact.filter(each -> each == Fact.URL || each == Fact.FIRST).isPresent();
    String bare = isUrl ? withoutQuotes(value) : value;
    if (bare.length() > LONGEST_VALUE
        || (isWord(fact) && bare.indexOf(' ') >= 0)
        || (isUrl && !looksLikeUrl(bare))
        || (fact.filter(Fact.STATUS::equals).isPresent() && !looksLikeStatus(bare))) {
      return null;
    }
    return fact.isPresent() ? facts.with(fact.get(), bare) : facts;
  }

  private static boolean isWord(Optional<Fact> fact) {
    return fact.filter(each -> each != Fact.VALUE).isPresent();
  }

  static boolean looksLikeUrl(String word) {
    int colon = word.indexOf(':');
    return word.startsWith("/")
        || (colon > 0
            && colon < word.length() - 1
            && word.substring(0, colon).chars().allMatch(Template::isOfScheme));
  }

  /** Firefox has no number where there was no response. */
  private static boolean looksLikeStatus(String word) {
    return word.equals("(null)")
        || (!word.isEmpty()
            && word.length() <= 3
            && word.chars().allMatch(c -> c >= '0' && c <= '9'));
  }

  private static boolean isOfScheme(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '-'
        || c == '.';
  }

  private static String withoutQuotes(String word) {
    int start = 0;
    int end = word.length();
    while (start < end && isQuote(word.charAt(start))) {
      start++;
    }
    while (end > start && isQuote(word.charAt(end - 1))) {
      end--;
    }
    return word.substring(start, end);
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '"';
  }

  /** Without the sentence's end; {@code (null)} keeps its parenthesis. */
  private static String withoutPunctuation(String word) {
    boolean opens = word.indexOf('(') >= 0;
    int end = word.length();
    while (end > 0
        && (".,;:!?'\"".indexOf(word.charAt(end - 1)) >= 0
            || (word.charAt(end - 1) == ')' && !opens))) {
      end--;
    }
    return word.substring(0, end);
  }
}
