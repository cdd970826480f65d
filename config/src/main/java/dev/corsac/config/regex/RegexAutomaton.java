package dev.corsac.config.regex;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dk.brics.automaton.Automaton;
import dk.brics.automaton.BasicAutomata;
import dk.brics.automaton.BasicOperations;
import dk.brics.automaton.RegExp;
import dk.brics.automaton.SpecialOperations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;

/**
 * Makes an automaton of an RE2 expression: it accepts exactly the texts of visible ASCII characters
 * that the expression matches as a whole, and no origin has other characters.
 *
 * <p>Only the structure is read here. What a single character or class matches is asked of RE2
 * itself. A character that the expression writes out stands for itself in the automaton; one that
 * is of a class, such as {@code [a-z]}, is moved up by {@link #CLASS}, so that the two can be told
 * apart.
 */
public final class RegexAutomaton {
  /** How far a character that a class matches is moved up. */
  static final int CLASS = 0x100;

  private static final int MAX_STATES = 1_000;
  private static final int MAX_TRANSITIONS = 4_000;

  // Marks of ^ and $, which stand between characters; each is below all visible ones.
  private static final char BEGIN = 1;
  private static final char END = 2;
  private static final RegExp MARKS_IN_PLACE =
      new RegExp("[\u0001\u0002]*[^\u0001]*&[^\u0002]*[\u0001\u0002]*");

  private static final java.util.regex.Pattern COUNT =
      java.util.regex.Pattern.compile("\\{(0|[1-9][0-9]{0,3})(?:(,)(0|[1-9][0-9]{0,3})?)?\\}");

  private static final java.util.regex.Pattern FLAGS =
      java.util.regex.Pattern.compile("\\?([imsU]*)(?:-([imsU]+))?([:)])");

  private static final java.util.regex.Pattern NAME =
      java.util.regex.Pattern.compile("\\?P?<\\w+>");

  /** One character by an escape: a property, a code or a single letter or sign. */
  private static final java.util.regex.Pattern ESCAPE =
      java.util.regex.Pattern.compile(
          "\\\\(?:[pP](?:\\{[^}]*\\}|.)|x(?:\\{[^}]*\\}|..)|[0-7]{1,3}|.)");

  private final String regex;
  private final Map<String, Automaton> atoms = new HashMap<>();
  private int at;
  private boolean ignoreCase;
  private boolean marked;

  private RegexAutomaton(String regex) {
    this.regex = regex;
  }

  /**
   * The automaton of an expression that RE2 compiles; empty if it would be too large, or has
   * something whose meaning is not known here.
   */
  public static Optional<Automaton> of(String regex) {
    try {
      return Optional.of(new RegexAutomaton(regex).parse());
    } catch (NotJudged e) {
      return Optional.empty();
    }
  }

  private Automaton parse() {
    Automaton all = alternatives();
    if (at < regex.length()) {
      throw new NotJudged();
    }
    if (marked) {
      all = BasicOperations.intersection(all, MARKS_IN_PLACE.toAutomaton());
      all = SpecialOperations.subst(all, BEGIN, "");
      all = SpecialOperations.subst(all, END, "");
    }
    return bounded(all);
  }

  private Automaton alternatives() {
    List<Automaton> all = new ArrayList<>();
    all.add(sequence());
    while (at < regex.length() && regex.charAt(at) == '|') {
      at++;
      all.add(sequence());
    }
    return all.size() == 1 ? all.get(0) : bounded(BasicOperations.union(all));
  }

  private Automaton sequence() {
    List<Automaton> parts = new ArrayList<>();
    while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
      if (regex.startsWith("\\Q", at)) {
        quoted(parts);
      } else {
        parts.add(repeated(atom()));
      }
    }
    return parts.isEmpty()
        ? BasicAutomata.makeEmptyString()
        : bounded(BasicOperations.concatenate(parts));
  }

  /** What follows repeats the last character alone. */
  private void quoted(List<Automaton> parts) {
    int end = regex.indexOf("\\E", at);
    String text = regex.substring(at + 2, end < 0 ? regex.length() : end);
    if (text.isEmpty()) {
      throw new NotJudged();
    }
    at = end < 0 ? regex.length() : end + 2;
    int last = text.offsetByCodePoints(text.length(), -1);
    text.substring(0, last)
        .codePoints()
        .forEach(each -> parts.add(oneOf(Pattern.quote(Character.toString(each)))));
    parts.add(repeated(oneOf(Pattern.quote(text.substring(last)))));
  }

  private Automaton repeated(Automaton once) {
    int least;
    int most = -1;
    Matcher count = COUNT.matcher(regex).region(at, regex.length());
    char c = at < regex.length() ? regex.charAt(at) : '\0';
    if (c == '*' || c == '+' || c == '?') {
      at++;
      least = c == '+' ? 1 : 0;
      most = c == '?' ? 1 : -1;
    } else if (count.lookingAt()) {
      at = count.end();
      least = Integer.parseInt(count.group(1));
      if (count.group(2) == null) {
        most = least;
      } else if (count.group(3) != null) {
        most = Integer.parseInt(count.group(3));
      }
    } else {
      return once;
    }
    if (at < regex.length() && regex.charAt(at) == '?') {
      at++; // Which of the matches is preferred does not matter.
    }
    long states = (long) once.getNumberOfStates() * Math.max(least, most);
    if (states > MAX_STATES) {
      throw new NotJudged();
    }
    return bounded(
        most < 0 ? BasicOperations.repeat(once, least) : BasicOperations.repeat(once, least, most));
  }

  private Automaton atom() {
    char c = regex.charAt(at);
    if (c == '(') {
      return group();
    }
    if (c == '^' || regex.startsWith("\\A", at)) {
      return mark(BEGIN, c == '^' ? 1 : 2);
    }
    if (c == '$' || regex.startsWith("\\z", at)) {
      return mark(END, c == '$' ? 1 : 2);
    }
    int start = at;
    if (c == '[') {
      at = endOfClass();
    } else if (c == '\\') {
      Matcher escape = ESCAPE.matcher(regex).region(at, regex.length());
      if (regex.startsWith("\\b", at) || regex.startsWith("\\B", at) || !escape.lookingAt()) {
        throw new NotJudged();
      }
      at = escape.end();
    } else {
      at = regex.offsetByCodePoints(at, 1);
      return oneOf(c == '.' ? "." : Pattern.quote(regex.substring(start, at)));
    }
    return oneOf(regex.substring(start, at));
  }

  private Automaton group() {
    at++;
    boolean outside = ignoreCase;
    Matcher flags = FLAGS.matcher(regex).region(at, regex.length());
    Matcher name = NAME.matcher(regex).region(at, regex.length());
    if (flags.lookingAt()) {
      at = flags.end();
      ignoreCase |= flags.group(1).contains("i");
      ignoreCase &= flags.group(2) == null || !flags.group(2).contains("i");
      if (flags.group(3).equals(")")) {
        refuseRepetition();
        return BasicAutomata.makeEmptyString();
      }
    } else if (name.lookingAt()) {
      at = name.end();
    } else if (regex.startsWith("?", at)) {
      throw new NotJudged();
    }
    Automaton inner = alternatives();
    if (at == regex.length()) {
      throw new NotJudged();
    }
    at++;
    ignoreCase = outside;
    return inner;
  }

  /** What follows flags alone, or no character at all, would repeat what is before them. */
  private void refuseRepetition() {
    boolean count = COUNT.matcher(regex).region(at, regex.length()).lookingAt();
    if (count || (at < regex.length() && "*+?".indexOf(regex.charAt(at)) >= 0)) {
      throw new NotJudged();
    }
  }

  private Automaton mark(char mark, int length) {
    at += length;
    marked = true;
    return BasicAutomata.makeChar(mark);
  }

  private int endOfClass() {
    int end = at + 1;
    end += regex.startsWith("^", end) ? 1 : 0;
    end += regex.startsWith("]", end) ? 1 : 0;
    while (end < regex.length() && regex.charAt(end) != ']') {
      int name = regex.startsWith("[:", end) ? regex.indexOf(":]", end + 2) : -1;
      end = name > 0 ? name + 2 : regex.charAt(end) == '\\' ? end + 2 : end + 1;
    }
    if (end >= regex.length()) {
      throw new NotJudged();
    }
    return end + 1;
  }

  /** The automaton of an expression that matches single characters. */
  private Automaton oneOf(String expression) {
    String text = (ignoreCase ? "(?i)" : "") + expression;
    return atoms.computeIfAbsent(text, key -> characters(key, expression)).clone();
  }

  private static Automaton characters(String text, String expression) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new NotJudged();
    }
    StringBuilder matched = new StringBuilder();
    Set<String> letters = new TreeSet<>();
    for (char c = '!'; c <= '~'; c++) {
      if (pattern.matches(String.valueOf(c))) {
        matched.append(c);
        letters.add(String.valueOf(c).toLowerCase(Locale.ROOT));
      }
    }
    // [12] writes out its characters, as (1|2) does.
    boolean writtenOut = letters.size() <= 1 || expression.matches("\\[[^\\^\\\\\\[-]+\\]");
    if (!writtenOut) {
      for (int i = 0; i < matched.length(); i++) {
        matched.setCharAt(i, (char) (matched.charAt(i) + CLASS));
      }
    }
    return matched.isEmpty()
        ? BasicAutomata.makeEmpty()
        : BasicAutomata.makeCharSet(matched.toString());
  }

  private static Automaton bounded(Automaton automaton) {
    if (automaton.getNumberOfStates() > MAX_STATES
        || automaton.getNumberOfTransitions() > MAX_TRANSITIONS) {
      throw new NotJudged();
    }
    return automaton;
  }

  /** Ends the making of an automaton that is too large or not understood. */
  public static final class NotJudged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotJudged() {
      super(null, null, false, false);
    }
  }
}
