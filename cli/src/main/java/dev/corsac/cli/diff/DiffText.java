package dev.corsac.cli.diff;

import dev.corsac.cli.text.Printable;
import dev.corsac.cli.text.TerminalStyle;
import dev.corsac.config.diff.ConfigDiff;
import dev.corsac.config.diff.Difference;
import dev.corsac.config.diff.Direction;
import dev.corsac.config.diff.Effect;
import dev.corsac.config.diff.Region;
import dev.corsac.config.diff.Subject;
import dev.corsac.config.diff.Witness;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.ColorScheme;

/** What {@code corsac diff} finds, for people: by route, the most dangerous first. */
public final class DiffText {
  /** Of more differences of one kind, only so many are shown. */
  private static final int MOST = 20;

  private final PrintWriter out;
  private final TerminalStyle terminal;

  public DiffText(PrintWriter out, ColorScheme colors) {
    this.out = out;
    this.terminal = new TerminalStyle(colors);
  }

  /**
   * Prints all.
   *
   * @param diffs by profile; the empty text is for the files by themselves
   */
  public void print(Map<String, ConfigDiff> diffs) {
    Map<ConfigDiff, List<String>> alike = new LinkedHashMap<>();
    diffs.forEach((name, diff) -> alike.computeIfAbsent(diff, d -> new ArrayList<>()).add(name));
    alike.forEach(
        (diff, names) -> {
          if (diffs.size() > 1) {
            out.println(terminal.styled("bold", title(names)));
            out.println();
          }
          print(diff);
        });
  }

  private static String title(List<String> profiles) {
    return profiles.stream()
            .map(name -> name.isEmpty() ? "without a profile" : "profile " + name)
            .collect(Collectors.joining(", "))
        + ":";
  }

  private void print(ConfigDiff diff) {
    diff.parts().forEach(this::print);
    diff.notes().forEach(note -> out.print(terminal.paragraph("", "note: ", note + ".")));
    for (String each : diff.unproven()) {
      out.print(terminal.paragraph("bold,yellow", "not compared: ", each));
    }
    if (!diff.unproven().isEmpty() || !diff.notes().isEmpty()) {
      out.println();
    }
    out.println(summary(diff));
  }

  private void print(ConfigDiff.Part part) {
    if (part.regions().isEmpty()) {
      out.println(terminal.styled("bold", "the server as a whole"));
    }
    for (Region region : part.regions()) {
      out.println(terminal.styled("bold", region.words()));
    }
    Map<String, List<Difference>> kinds = new LinkedHashMap<>();
    part.differences()
        .forEach(each -> kinds.computeIfAbsent(kind(each), k -> new ArrayList<>()).add(each));
    kinds.values().forEach(this::printKind);
    out.println();
  }

  private void printKind(List<Difference> differences) {
    Difference first = differences.get(0);
    out.println("  " + terminal.styled(style(first), kind(first)));
    differences.stream().limit(MOST).forEach(this::print);
    if (differences.size() > MOST) {
      out.println(
          "    … and " + (differences.size() - MOST) + " more; --format json has all of them");
    }
  }

  private void print(Difference each) {
    String subject = isSetting(each.subject()) ? "" : words(each.subject()) + " ";
    out.println(
        "    "
            + subject
            + terminal.styled("bold", each.value())
            + (each.partly() ? "  (a part of it is as before)" : ""));
    out.println("      " + Printable.text(request(each.witness())));
    String before = effect(each, each.before(), Direction.NEWLY_BLOCKED);
    String after = effect(each, each.after(), Direction.NEWLY_PASSES);
    if (!before.equals(after)) {
      out.println("      " + terminal.styled("faint", "old: " + before + "   new: " + after));
    }
  }

  private static String effect(Difference each, Effect effect, Direction readable) {
    return each.subject() == Subject.RESPONSE_HEADER
        ? each.direction() == readable ? "readable" : "not readable"
        : effect.words();
  }

  private static String request(Witness witness) {
    return witness.fields().entrySet().stream()
        .map(each -> ", " + each.getKey() + ": " + each.getValue())
        .collect(Collectors.joining("", witness.method() + " " + witness.path(), ""));
  }

  /** Whose value says what it is. */
  private static boolean isSetting(Subject subject) {
    return switch (subject) {
      case CREDENTIALS, ENFORCE, ENFORCE_REPORT, MAX_AGE, PREFLIGHT_STATUS, EXPLAIN, OPTION -> true;
      default -> false;
    };
  }

  private static String words(Subject subject) {
    return subject == Subject.POLICY ? "cors:" : subject.id().replace('-', ' ');
  }

  private static String kind(Difference each) {
    String words = each.direction().id().replace('-', ' ');
    return isDangerous(each) ? words + ", with the user's credentials" : words;
  }

  private static boolean isDangerous(Difference each) {
    return each.direction() == Direction.NEWLY_PASSES && each.credentials();
  }

  private static String style(Difference each) {
    return switch (each.direction()) {
      case NEWLY_PASSES -> each.credentials() ? "bold,red" : "bold,yellow";
      case NEWLY_BLOCKED -> "bold,cyan";
      case CHANGED -> "bold";
    };
  }

  private String summary(ConfigDiff diff) {
    if (diff.same()) {
      return terminal.styled("bold,green", "The same")
          + ": browsers are allowed what they were allowed before.";
    }
    List<Difference> all = diff.parts().stream().flatMap(p -> p.differences().stream()).toList();
    long credentials = all.stream().filter(DiffText::isDangerous).count();
    List<String> counts = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      long count = all.stream().filter(each -> each.direction() == direction).count();
      if (count > 0) {
        counts.add(
            count
                + " "
                + direction.id().replace("-passes", "-pass").replace('-', ' ')
                + (direction == Direction.NEWLY_PASSES && credentials > 0
                    ? " (" + credentials + " with the user's credentials)"
                    : ""));
      }
    }
    if (!diff.unproven().isEmpty()) {
      counts.add(diff.unproven().size() + " not compared");
    }
    return String.join(", ", counts) + ".";
  }
}
