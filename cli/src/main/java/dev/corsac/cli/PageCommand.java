package dev.corsac.cli;

import dev.corsac.cli.Manual.Topic;
import dev.corsac.cli.text.TerminalStyle;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a page of the {@link Manual}, or what has one. */
@Command(
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:printed", "2:there is no such page, or wrong arguments"})
abstract sealed class PageCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "What the page is about, as reports name it. Without it, all are listed.")
  private @Nullable String id;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private final Manual manual;

  private PageCommand(Manual manual) {
    this.manual = manual;
  }

  /** {@code corsac rule}. */
  @Command(name = "rule", description = "Prints the page of a rule that lint checks.%n")
  static final class OfRule extends PageCommand {
    OfRule() {
      super(Manual.RULE);
    }
  }

  /** {@code corsac problem}. */
  @Command(
      name = "problem",
      description = "Prints the page of a problem that doctor or explain finds.%n")
  static final class OfProblem extends PageCommand {
    OfProblem() {
      super(Manual.PROBLEM);
    }
  }

  /** {@code corsac check}. */
  @Command(name = "check", description = "Prints the page of a check that audit makes.%n")
  static final class OfCheck extends PageCommand {
    OfCheck() {
      super(Manual.CHECK);
    }
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    TerminalStyle terminal = new TerminalStyle(spec.commandLine().getColorScheme());
    if (id == null) {
      list(out, terminal);
      return 0;
    }
    String wanted = id.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    if (manual.find(wanted).isEmpty()) {
      throw new ParameterException(spec.commandLine(), manual.unknown(wanted));
    }
    out.print(MarkdownText.of(manual.page(wanted), terminal));
    return 0;
  }

  private void list(PrintWriter out, TerminalStyle terminal) {
    List<Topic> topics = manual.topics();
    int longest = topics.stream().mapToInt(topic -> topic.id().length()).max().orElse(0);
    for (String group : topics.stream().map(Topic::group).distinct().toList()) {
      out.println(terminal.styled("bold", group));
      for (Topic topic : topics) {
        if (topic.group().equals(group)) {
          String gap = " ".repeat(longest - topic.id().length() + 2);
          out.print(terminal.paragraph("", "  " + topic.id() + gap, topic.summary()));
        }
      }
      out.println();
    }
    out.println(manual.command("ID") + " prints the page of one.");
  }
}
