package dev.corsac.cli;

import dev.corsac.cli.option.FileOption;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.FileFinding;
import dev.corsac.finding.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code corsac lint}: every finding of every file. */
@Command(
    name = "lint",
    description = {
      "Checks files like corsac.yaml: the file by itself and with each of its profiles.",
      "corsac rule ID explains each finding.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing found that --fail-on names",
      "1:something found",
      "2:wrong arguments, or a file that cannot be read"
    })
final class LintCommand implements Callable<Integer> {
  enum Format {
    text,
    json,
    sarif
  }

  enum Level {
    error,
    warning
  }

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      converter = FileOption.class,
      description = "What to check.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--format",
      defaultValue = "text",
      description =
          "How to print findings: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}; sarif is SARIF 2.1.0.")
  private Format format = Format.text;

  @Option(
      names = "--fail-on",
      defaultValue = "error",
      description =
          "What makes the exit code 1: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Level failOn = Level.error;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    // All files are tried before any is printed, so that a missing one is not lost in the others.
    List<FileFinding> findings = new ArrayList<>();
    Set<Path> distinct = new LinkedHashSet<>(files);
    for (Path file : distinct) {
      findings.addAll(lint(file));
    }
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case text -> new LintText(out, spec.commandLine().getColorScheme()).print(findings, distinct);
      case json -> out.println(LintJson.of(findings));
      case sarif -> out.println(LintSarif.of(findings));
    }
    boolean failed =
        findings.stream()
            .anyMatch(each -> failOn == Level.warning || each.severity() == Severity.ERROR);
    return failed ? 1 : 0;
  }

  private List<FileFinding> lint(Path file) {
    try {
      return ConfigLoader.lint(FileOption.readable(spec, file), System.getenv());
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), FileOption.problem(file, e));
    }
  }
}
