package dev.corsac.cli;

import dev.corsac.cli.option.FileOption;
import dev.corsac.cli.option.StackOption;
import dev.corsac.doctor.explain.Explainer;
import dev.corsac.doctor.explain.Explanation;
import dev.corsac.doctor.har.Har;
import dev.corsac.doctor.har.HarFinding;
import dev.corsac.doctor.har.InvalidHarException;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.Stack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code corsac explain}: what a browser's message means, and what a HAR recorded. */
@Command(
    name = "explain",
    description = {
      "Says what a line of a browser's console means, why it is so, and what to change.",
      "Chromium, Firefox and Safari; today's wordings and older ones; several lines at once.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:a problem with CORS, explained",
      "1:not CORS, or not known",
      "2:wrong arguments, or a file that is not a HAR"
    })
final class ExplainCommand implements Callable<Integer> {
  /** More than is explained, in bytes. */
  private static final int MOST_INPUT = 1 << 18;

  enum Format {
    text,
    json
  }

  @Parameters(
      arity = "0..*",
      paramLabel = "MESSAGE",
      description = "The line, in quotes. Without it, or with -, standard input is read.")
  private List<String> message = new ArrayList<>();

  @Option(
      names = "--har",
      paramLabel = "FILE",
      converter = FileOption.class,
      description = "Explains what was blocked in a HAR, saved from a browser's network panel.")
  private @Nullable Path har;

  @Option(
      names = "--stack",
      paramLabel = "NAME",
      converter = StackOption.class,
      completionCandidates = StackOption.Names.class,
      description = "Says the fix for this server: ${COMPLETION-CANDIDATES}.")
  private @Nullable Stack stack;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "How to print: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.text;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    String text = har == null ? input() : "";
    Har recorded = har == null ? null : read(har);
    List<HarFinding> findings = recorded == null ? List.of() : recorded.explain();
    List<Explanation> explanations =
        recorded == null
            ? Explainer.explain(text)
            : findings.stream().map(HarFinding::explanation).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.json) {
      out.println(
          har == null ? ExplainJson.of(explanations, stack) : ExplainJson.ofHar(findings, stack));
    } else {
      ExplainText report =
          new ExplainText(new Report(out, spec.commandLine().getColorScheme(), 6), stack);
      if (recorded != null) {
        report.printHar(String.valueOf(har), findings, recorded.isWithoutFailures());
      } else if (explanations.isEmpty()) {
        report.printUnknown(Explainer.nearest(text));
      } else {
        report.print(explanations);
      }
    }
    boolean explained =
        explanations.stream()
            .anyMatch(each -> each.isCors() || each.problem().kind() == Problem.Kind.COST);
    return explained ? 0 : 1;
  }

  private Har read(Path file) {
    if (!message.isEmpty()) {
      throw refuse("Give either a message or --har, not both.");
    }
    try {
      return Har.read(FileOption.readable(spec, file));
    } catch (InvalidHarException e) {
      throw refuse(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw refuse(file + " cannot be read.");
    }
  }

  private String input() throws IOException {
    boolean fromInput = message.isEmpty() || message.equals(List.of("-"));
    if (!fromInput) {
      return String.join(" ", message);
    }
    if (message.isEmpty() && Terminal.console() != null) {
      throw refuse(
          "Which message? Copy it from the console and put it in quotes, or name a HAR with --har.");
    }
    return new String(System.in.readNBytes(MOST_INPUT), StandardCharsets.UTF_8);
  }

  private ParameterException refuse(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
