package dev.corsac.doctor.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what browsers mean by their messages about requests that failed.
 *
 * <p>Permitted: one line of the console of Chromium, Firefox or Safari, of today or of some years
 * ago; several; what consoles write around them; only the part that gives the reason. Of a text
 * longer than 65,536 characters, only so many are read. The time is linear in the text, whatever it
 * is.
 *
 * <pre>{@code
 * Explainer.explain("Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.")
 *     .get(0)
 *     .problem(); // METHOD_NOT_ALLOWED
 * }</pre>
 */
public final class Explainer {
  /** So much of a message's words must be in a text that is said to be near it. */
  private static final double NEAR = 0.6;

  /** The name of a script, or a URL, that only an extension has. */
  private static final Pattern EXTENSION =
      Pattern.compile(
          "(?i)content[-_]?scripts?\\b|\\bcontent\\.js|(chrome|moz|safari-web)-extension://"
              + "|userscript|tampermonkey|greasemonkey");

  /** Only what speaks of these may be a retold line about CORS. */
  private static final Pattern ABOUT_CORS =
      Pattern.compile("cors|access-control|cross.origin|preflight|origin\\b");

  private static final int LONGEST_PLACE = 400;
  private static final Pattern PLACE = Pattern.compile("(\\S{1,300}):\\d{1,6} ");

  private Explainer() {}

  /**
   * What each message in the text means, in their order; none if no message in it is known. Lines
   * that belong together, such as the two that Safari prints, are explained once.
   */
  public static List<Explanation> explain(String text) {
    return explain(PastedText.of(text));
  }

  static List<Explanation> explain(PastedText text) {
    List<PanelBlock> blocks = PanelBlock.in(text.text());
    List<ConsoleLine> lines = ConsoleLines.merged(lines(text), blocks);
    if (lines.stream().allMatch(line -> line.isVague() && line.isEmpty())) {
      ConsoleLine known = lines.isEmpty() ? null : lines.get(0);
      lines = RetoldLine.of(text, known).map(List::of).orElse(lines);
      if (lines.size() == 1 && !lines.get(0).isVague()) {
        lines = ConsoleLines.merged(lines, blocks);
      }
    }
    boolean ofExtension = EXTENSION.matcher(text.text()).find();
    Set<Explanation> explanations = new LinkedHashSet<>();
    for (ConsoleLine line : lines) {
      explanations.add(MessageRefinement.explanation(line, ofExtension));
    }
    if (lines.stream().allMatch(ConsoleLine::isVague)) {
      List<Explanation> shown =
          blocks.stream().flatMap(block -> block.explanation().stream()).toList();
      return shown.isEmpty() ? List.copyOf(explanations) : shown;
    }
    return List.copyOf(explanations);
  }

  /** The words of the known message that the text is most like, if it is like any. */
  public static Optional<String> nearest(String text) {
    String folded = PastedText.folded(text.substring(0, Math.min(text.length(), 4096)));
    if (!ABOUT_CORS.matcher(folded).find()) {
      return Optional.empty();
    }
    Set<String> words = words(folded);
    return Messages.all().stream()
        .filter(message -> message.part() == Message.Part.REASON)
        .filter(message -> likeness(message, words) >= NEAR)
        .max(Comparator.comparingDouble(message -> likeness(message, words)))
        .map(Message::example);
  }

  private static double likeness(Message message, Set<String> words) {
    Set<String> own = words(String.join(" ", message.text().literals()));
    long common = own.stream().filter(words::contains).count();
    // A message of a word or two is like anything.
    return own.size() < 4 ? 0 : (double) common / own.size();
  }

  private static Set<String> words(String text) {
    return new HashSet<>(List.of(text.toLowerCase(Locale.ROOT).split("[^a-z-]+")));
  }

  /** One line for each reason, with what stands right before and after it. */
  private static List<ConsoleLine> lines(PastedText text) {
    List<ConsoleLine> lines = new ArrayList<>();
    ConsoleLine open = null;
    int end = 0;
    for (Messages.Hit hit : Messages.in(text)) {
      boolean joined =
          open != null && open.takes(hit.message().part()) && text.isGap(end, hit.start());
      if (!joined && hit.message().part() != Message.Part.CLOSING) {
        open = new ConsoleLine();
        lines.add(open);
      }
      if (open == null || (!joined && hit.message().part() == Message.Part.CLOSING)) {
        continue;
      }
      open.add(hit);
      boolean nowhere = hit.message().part() == Message.Part.REASON && open.url() == null;
      if (nowhere || hit.message().text().isCode()) {
        addRequest(open, text, end, hit.start());
      }
      end = hit.end();
    }
    return lines;
  }

  /** {@code api.example.com/data:1} before "Failed to load resource"; empty if there is none. */
  private static String place(String before) {
    Matcher place = PLACE.matcher(before);
    String found = "";
    while (place.find()) {
      found = place.group(1);
    }
    return found;
  }

  /** Before a code stand the method and the URL. */
  private static void addRequest(ConsoleLine line, PastedText text, int from, int to) {
    int url = text.startOfWord(from, to);
    String word = text.between(url, to);
    if (word.contains("://") && Template.looksLikeUrl(word)) {
      int method = text.startOfWord(from, url);
      line.addRequest(text.between(method, url).replaceFirst("^XHR", ""), word);
    } else {
      line.addPlace(place(text.between(Math.max(from, to - LONGEST_PLACE), to)));
    }
  }
}
