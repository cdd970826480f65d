package dev.corsac.cli;

import dev.corsac.OriginTerms;
import dev.corsac.cli.option.FileOption;
import dev.corsac.cli.text.Json;
import dev.corsac.cli.text.Printable;
import dev.corsac.cli.text.TerminalStyle;
import dev.corsac.finding.Finding;
import dev.corsac.finding.Severity;
import dev.corsac.origins.OriginRow;
import dev.corsac.origins.OriginStore;
import dev.corsac.origins.OriginsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code corsac origins}: the registry of allowed origins in a database. */
@Command(
    name = "origins",
    description = {
      "Registers allowed origins in a database; gateways that follow it allow them within a"
          + " second.",
      "What corsac lint would refuse does not get in.",
      ""
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      OriginsCommand.ListOrigins.class,
      OriginsCommand.Add.class,
      OriginsCommand.Remove.class,
      OriginsCommand.ImportOrigins.class,
      OriginsCommand.Export.class
    })
final class OriginsCommand implements Runnable {
  static final int UNREACHABLE = 3;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Which command? There are: list, add, remove, import, export.");
  }

  /** What the commands share: the store, and what they say. */
  abstract static class OnStore implements Callable<Integer> {
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
  }

  static boolean refused(List<Finding> findings) {
    return findings.stream().anyMatch(each -> each.severity() == Severity.ERROR);
  }

  /** The end of an origin. */
  static final class ExpiresOption implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return OriginsFile.expiry(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is no date such as 2026-12-31, nor a time such as 2026-12-31T18:00:00Z.");
      }
    }
  }

  @Command(
      name = "list",
      description = "Prints the origins of the policy.",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:printed",
        "1:with --check: some are not served, since they are invalid or too dangerous",
        "2:wrong arguments",
        "3:the database cannot be used"
      })
  static final class ListOrigins extends OnStore {
    @Option(
        names = "--check",
        description = "Prints only those about which there is something to say, and what it is.")
    private boolean check;

    private int refusals;

    @Override
    int run(OriginStore store, OriginTerms terms) throws IOException {
      List<OriginsJson.Row> all = new ArrayList<>();
      store.forEach(
          row -> {
            List<Finding> findings = check ? terms.check(row.pattern()) : List.of();
            refusals += refused(findings) ? 1 : 0;
            if (check && findings.isEmpty()) {
              return;
            }
            if (json()) {
              all.add(OriginsJson.Row.of(row, findings));
            } else {
              out().println(Printable.text(line(row)));
              tell(row.pattern(), findings);
            }
          });
      if (json()) {
        out().println(Json.text(all));
      }
      return refusals > 0 ? 1 : 0;
    }

    private static String line(OriginRow row) {
      StringBuilder line = new StringBuilder(row.pattern());
      if (!row.owner().isEmpty()) {
        line.append("  owner ").append(row.owner());
      }
      row.expires()
          .ifPresent(
              end ->
                  line.append(end.isAfter(Instant.now()) ? "  expires " : "  expired ")
                      .append(end));
      if (!row.note().isEmpty()) {
        line.append("  # ").append(row.note());
      }
      return line.toString().replace('\n', ' ');
    }
  }

  @Command(
      name = "add",
      description = "Registers origins, or changes owner, note and end of those that are there.",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:registered",
        "1:refused, all of them: one is invalid or too dangerous",
        "2:wrong arguments",
        "3:the database cannot be used"
      })
  static final class Add extends OnStore {
    @Parameters(arity = "1..*", paramLabel = "ORIGIN", description = "What to allow.")
    private List<String> origins = new ArrayList<>();

    @Option(names = "--owner", paramLabel = "NAME", description = "Who asked for it.")
    private String owner = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "What it is for.")
    private String note = "";

    @Option(
        names = "--expires",
        paramLabel = "DATE",
        converter = ExpiresOption.class,
        description = "The last day in UTC, such as 2026-12-31, or a time.")
    private Optional<Instant> expires = Optional.empty();

    @Override
    int run(OriginStore store, OriginTerms terms) throws IOException {
      List<OriginsJson.Found> told = new ArrayList<>();
      boolean refused = false;
      try (OriginStore.Import given = store.importing(terms, false)) {
        for (String origin : origins) {
          List<Finding> findings = given.add(row(origin));
          refused |= refused(findings);
          tell("", findings);
          findings.forEach(each -> told.add(OriginsJson.Found.of("", each)));
        }
        if (!refused) {
          given.finish();
        }
      }
      int added = refused ? 0 : origins.size();
      if (json()) {
        out().println(Json.text(new OriginsJson.Imported(added, told)));
      } else {
        out()
            .println(
                added == 0
                    ? "Nothing was added."
                    : Printable.text("Added " + String.join(", ", origins) + "."));
      }
      return refused ? 1 : 0;
    }

    private OriginRow row(String origin) {
      try {
        return new OriginRow(origin, owner, note, Optional.empty(), expires);
      } catch (IllegalArgumentException e) {
        throw wrong(String.valueOf(e.getMessage()));
      }
    }
  }

  @Command(
      name = "remove",
      description = "Removes origins.",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:removed",
        "1:one was not there; the others were removed",
        "2:wrong arguments",
        "3:the database cannot be used"
      })
  static final class Remove extends OnStore {
    @Parameters(arity = "1..*", paramLabel = "ORIGIN", description = "What to allow no more.")
    private List<String> origins = new ArrayList<>();

    @Override
    int run(OriginStore store, OriginTerms terms) throws IOException {
      List<String> removed = new ArrayList<>();
      List<String> missing = new ArrayList<>();
      for (String origin : origins) {
        (store.remove(origin) ? removed : missing).add(origin);
      }
      if (json()) {
        out().println(Json.text(new OriginsJson.Removed(removed, missing)));
      } else {
        removed.forEach(each -> out().println(Printable.text("Removed " + each + ".")));
        missing.forEach(
            each ->
                err()
                    .println(
                        Printable.text(
                            each + " is not there; corsac origins list shows what is.")));
      }
      return missing.isEmpty() ? 0 : 1;
    }
  }

  @Command(
      name = "import",
      description = {
        "Registers the origins of a file as one change.",
        "Text has one origin a line, with comments after #; YAML and JSON have a list of origins or"
            + " of {origin, owner, note, expires}.",
        ""
      },
      mixinStandardHelpOptions = true,
      sortOptions = false,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:registered",
        "1:refused, all of them: one is invalid or too dangerous; with --skip the others are"
            + " registered",
        "2:wrong arguments, or a file that cannot be read",
        "3:the database cannot be used"
      })
  static final class ImportOrigins extends OnStore {
    private static final int MOST_TOLD = 100;

    @Parameters(paramLabel = "FILE", converter = FileOption.class, description = "The origins.")
    private Path file = Path.of("");

    @Option(names = "--replace", description = "Removes those that are not in the file.")
    private boolean replace;

    @Option(names = "--skip", description = "Leaves out what is refused, and registers the rest.")
    private boolean skip;

    private int added;
    private int refused;

    @Override
    int run(OriginStore store, OriginTerms terms) throws IOException {
      List<OriginsJson.Found> told = new ArrayList<>();
      try (OriginStore.Import given = store.importing(terms, replace)) {
        try {
          OriginsFile.read(file, (row, where) -> take(given, row, where, told));
        } catch (UncheckedIOException e) {
          throw e;
        } catch (IOException e) {
          throw wrong(file + " cannot be read: " + e.getMessage() + ".");
        }
        if (refused == 0 || skip) {
          given.finish();
        } else {
          added = 0;
        }
      }
      if (json()) {
        out().println(Json.text(new OriginsJson.Imported(added, told)));
      } else {
        out().println("Imported " + added + ", refused " + refused + ".");
      }
      return refused > 0 ? 1 : 0;
    }

    private void take(
        OriginStore.Import given, OriginRow row, String where, List<OriginsJson.Found> told) {
      List<Finding> findings;
      try {
        findings = given.add(row);
      } catch (IOException e) {
        // Of the database, not of the file.
        throw new UncheckedIOException(e);
      }
      boolean no = refused(findings);
      refused += no ? 1 : 0;
      added += no ? 0 : 1;
      if (told.size() < MOST_TOLD) {
        tell(file + ", " + where, findings);
        findings.forEach(each -> told.add(OriginsJson.Found.of(where, each)));
      }
    }
  }

  @Command(
      name = "export",
      description =
          "Prints all origins, so that import reads them: text, or JSON with owner, note and end.",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {"0:printed", "2:wrong arguments", "3:the database cannot be used"})
  static final class Export extends OnStore {
    private boolean first = true;

    @Override
    int run(OriginStore store, OriginTerms terms) throws IOException {
      if (!json()) {
        store.forEach(row -> out().println(row.pattern()));
        return 0;
      }
      out().print("[");
      store.forEach(
          row -> {
            out().print((first ? "\n" : ",\n") + Json.text(OriginsJson.Exported.of(row)));
            first = false;
          });
      out().println("\n]");
      return 0;
    }
  }
}
