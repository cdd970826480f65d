package dev.corsac.cli;

import dev.corsac.Severity;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.FileFinding;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
      "Each finding has a page: docs/rules/<id>.md.",
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

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "What to check.")
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
      case text ->
          new TextReport(out, spec.commandLine().getColorScheme()).print(findings, distinct);
      case json -> out.println(JsonReport.of(findings));
      case sarif -> out.println(SarifReport.of(findings));
    }
    boolean failed =
        findings.stream()
            .anyMatch(each -> failOn == Level.warning || each.severity() == Severity.ERROR);
    return failed ? 1 : 0;
  }

  private List<FileFinding> lint(Path file) {
    if (Files.isDirectory(file)) {
      throw refuse(file, "is a directory; name the file in it");
    }
    try {
      return ConfigLoader.lint(file, System.getenv());
    } catch (NoSuchFileException e) {
      throw refuse(file, "is not there");
    } catch (FileSystemException e) {
      throw refuse(file, "cannot be read" + (e.getReason() == null ? "" : ": " + e.getReason()));
    } catch (IOException e) {
      throw refuse(file, "cannot be read");
    }
  }

  private ParameterException refuse(Path file, String problem) {
    return new ParameterException(spec.commandLine(), file + " " + problem + ".");
  }
}
