package dev.corsac.config.regex;

import dk.brics.automaton.Automaton;
import dk.brics.automaton.BasicOperations;
import dk.brics.automaton.RegExp;
import dk.brics.automaton.State;
import dk.brics.automaton.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sets of origins that an expression is asked about, as automata: all that a client could send,
 * and those of some kind. How long labels and hosts may be is left out here, but for {@link
 * #LABELS}.
 */
public final class OriginLanguage {
  /** What is before the name of a site that may have branches. */
  public static final String BRANCH = "--";

  private static final String LABEL = "[a-z0-9_\\-]+";
  private static final String NUMBER = "([0-9]+|0x[0-9a-f]*)";
  private static final String DOMAIN = "(" + LABEL + "\\.)*(" + LABEL + "&~" + NUMBER + ")\\.?";
  private static final String BYTE = "(<0-255>&(0|[1-9][0-9]*))";
  private static final String IPV4 = "(" + BYTE + "\\.){3}" + BYTE;
  private static final String IPV6 = "\\[(" + ipv6() + ")\\]";
  private static final String PORT = "(<1-65535>&[1-9][0-9]*)";
  private static final String ANY_PORT = "(:" + PORT + ")?";

  private static final String OTHER_SCHEME = "([a-z][a-z0-9+.\\-]*&~(https?|wss?|ftp|file))://";

  private static final String APP_LABEL = "[A-Za-z0-9_\\-]+";

  /** Origins of http and https whose host is a domain. */
  static final Automaton DOMAINS = compile(web("(" + DOMAIN + ")"));

  /** Origins of http and https whose host is an IP address. */
  static final Automaton ADDRESSES = compile(web("(" + IPV4 + "|" + IPV6 + ")"));

  /** Origins of other schemes. */
  public static final Automaton APPS =
      compile(
          OTHER_SCHEME
              + "(\\.?|(("
              + APP_LABEL
              + "\\.)*"
              + APP_LABEL
              + "\\.?|"
              + IPV6
              + ")"
              + ANY_PORT
              + ")");

  /** Every origin that is not null and not {@code file:}. */
  public static final Automaton ALL =
      minimal(BasicOperations.union(List.of(DOMAINS, ADDRESSES, APPS)));

  public static final Automaton LOOPBACK =
      minimal(
          BasicOperations.union(
              compile("https?://(@\\.)?localhost\\.?(:[0-9]+)?"),
              ADDRESSES.intersection(compile("https?://(127\\.@|\\[::1\\]@)"))));

  public static final Automaton INSECURE = minimal(compile("http://@").minus(LOOPBACK));

  /** Addresses that are not of a network of one's own (RFC 1918, 3927, 4193, 4291). */
  public static final Automaton PUBLIC_ADDRESSES =
      minimal(
          ADDRESSES.minus(
              compile(
                  "https?://(10\\.@|127\\.@|169\\.254\\.@|192\\.168\\.@"
                      + "|172\\.(1[6-9]|2[0-9]|3[01])\\.@|\\[::1\\]@|\\[f[cd]@|\\[fe[89ab]@)")));

  /** No label is longer than DNS allows. */
  public static final Automaton LABELS =
      compile("[^:]*://([^.:]{0,63}\\.)*[^.:]{0,63}(:[0-9]*)?|@\\[@");

  /** Origins that a reader takes for a stranger's, the plainest first. */
  static final List<Automaton> STRANGE =
      List.of(
          compile("https://(@\\.)?evil\\.(com|example)"),
          compile("https://@evil@"),
          compile("@evil@"));

  /** Origins without a hyphen or underscore at an end of a label. */
  static final Automaton TIDY = compile("~(@[./][\\-_]@|@[\\-_]([.:]@)?)");

  private OriginLanguage() {}

  private static String web(String host) {
    String port = "(:(" + PORT + "&~(";
    return "https://" + host + port + "443)))?|http://" + host + port + "80)))?";
  }

  /**
   * Origins below public suffixes whose registered name is not one of those written out.
   *
   * @param written for each suffix the labels before it that are written out; for the empty suffix
   *     the top-level domains; one that starts with {@link #BRANCH} stands for every label that
   *     ends so
   */
  public static Automaton strangers(Map<String, Set<String>> written) {
    List<String> kinds = new ArrayList<>();
    written.forEach(
        (suffix, labels) -> {
          String known =
              labels.stream()
                  .map(each -> (each.startsWith(BRANCH) ? LABEL : "") + literal(each))
                  .collect(Collectors.joining("|"));
          String label = "(" + LABEL + (known.isEmpty() ? ")" : "&~(" + known + "))");
          String host =
              suffix.isEmpty()
                  ? "(" + LABEL + "\\.)+" + label
                  : "(" + LABEL + "\\.)*" + label + "\\." + literal(suffix);
          kinds.add(host);
        });
    return compile("https?://(" + String.join("|", kinds) + ")\\.?(:[0-9]+)?");
  }

  /**
   * Origins, with the characters of classes moved up, that have such a character in their scheme or
   * host, so that these are not written out; a dot does not count.
   */
  static Automaton notWrittenOut() {
    String one = between('!', '~', ':');
    String colon = "[:" + up(':') + "]";
    String of =
        "[" + up('!') + "-" + up('-') + up('/') + "-" + up('9') + up(';') + "-" + up('~') + "]";
    String some = one + "*" + of + one + "*";
    String end = "(" + colon + one + "*)?";
    String bracket = "[\\]" + up(']') + "]";
    return compile(
        some + colon + one + "*" + end + "|" + one + "*" + colon + some + end + "|@" + of + "@"
            + bracket + end);
  }

  private static String between(char first, char last, char but) {
    char before = (char) (but - 1);
    char after = (char) (but + 1);
    return "[\\"
        + first
        + "-"
        + before
        + "\\"
        + after
        + "-"
        + last
        + up(first)
        + "-"
        + up(before)
        + up(after)
        + "-"
        + up(last)
        + "]";
  }

  private static char up(char c) {
    return (char) (c + RegexAutomaton.CLASS);
  }

  /** The same language with each character also as one of a class. */
  static Automaton withClasses(Automaton language) {
    Automaton doubled = language.clone();
    for (State state : doubled.getStates()) {
      for (Transition each : List.copyOf(state.getTransitions())) {
        state.addTransition(new Transition(up(each.getMin()), up(each.getMax()), each.getDest()));
      }
    }
    return doubled;
  }

  /** The same language with the characters of classes as they are. */
  public static Automaton withoutClasses(Automaton language) {
    Automaton plain = language.clone();
    for (State state : plain.getStates()) {
      List<Transition> all = List.copyOf(state.getTransitions());
      state.getTransitions().clear();
      for (Transition each : all) {
        state.addTransition(
            new Transition(down(each.getMin()), down(each.getMax()), each.getDest()));
      }
    }
    plain.setDeterministic(false);
    return plain;
  }

  static char down(char c) {
    return c >= RegexAutomaton.CLASS ? (char) (c - RegexAutomaton.CLASS) : c;
  }

  /** Every serialisation of an IPv6 address: its zeros decide what is compressed. */
  private static String ipv6() {
    List<String> forms = new ArrayList<>();
    for (int zeros = 0; zeros < 256; zeros++) {
      int gap = -1;
      int longest = 1;
      for (int i = 0; i < 8; i++) {
        int run = i;
        while (run < 8 && (zeros >> run & 1) == 1) {
          run++;
        }
        if (run - i > longest) {
          gap = i;
          longest = run - i;
        }
      }
      StringBuilder form = new StringBuilder();
      for (int i = 0; i < 8; i++) {
        if (i == gap) {
          form.append(i == 0 ? "::" : ":");
          i += longest - 1;
        } else {
          form.append((zeros >> i & 1) == 1 ? "0" : "[1-9a-f][0-9a-f]{0,3}")
              .append(i < 7 ? ":" : "");
        }
      }
      forms.add(form.toString());
    }
    return String.join("|", forms);
  }

  private static String literal(String text) {
    return '"' + text + '"';
  }

  private static Automaton compile(String expression) {
    return minimal(new RegExp(expression).toAutomaton());
  }

  private static Automaton minimal(Automaton automaton) {
    automaton.minimize();
    return automaton;
  }
}
