package dev.corsac.cli;

import dev.corsac.OriginTerms;
import dev.corsac.cli.text.Printable;
import dev.corsac.cli.text.TerminalStyle;
import dev.corsac.finding.Finding;
import dev.corsac.finding.Severity;
import dev.corsac.origins.OriginStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands of {@code corsac origins} share: the store, and what they say. */
abstract class OnStore implements Callable<Integer> {
  private static final int UNREACHABLE = 3;

  @Mixin private StoreOptions options = new StoreOptions();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  abstract int run(OriginStore store, OriginTerms terms) throws IOException;

  @Override
  public Integer call() {
    StoreOptions.Chosen chosen = options.chosen();
    try (OriginStore store = OriginStore.open(chosen.database())) {
      return run(store, chosen.terms());
    } catch (IOException | UncheckedIOException e) {
      Throwable cause =
          e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
      spec.commandLine()
          .getErr()
          .println(
              Printable.text(
                  "The " + chosen.database() + " cannot be used: " + cause.getMessage() + "."));
      return UNREACHABLE;
    }
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  boolean json() {
    return options.json();
  }

  ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** The findings for people, on the error stream; with JSON they are in the report. */
  void tell(String where, List<Finding> findings) {
    if (!json()) {
      findings.forEach(each -> tell(where, each));
    }
  }

  private void tell(String where, Finding finding) {
    TerminalStyle style = new TerminalStyle(spec.commandLine().getColorScheme());
    boolean error = finding.severity() == Severity.ERROR;
    String start = where.isEmpty() ? "" : where + ": ";
    err()
        .println(
            Printable.text(start)
                + style.styled(error ? "bold,red" : "bold,yellow", error ? "error:" : "warning:")
                + " "
                + Printable.text(finding.message()));
    err().println("  fix:  " + Printable.text(finding.fix()));
    String id = finding.rule().id();
    err().println("  rule: " + id + "  " + Manual.RULE.command(id));
  }

  static boolean refused(List<Finding> findings) {
    return findings.stream().anyMatch(each -> each.severity() == Severity.ERROR);
  }
}
