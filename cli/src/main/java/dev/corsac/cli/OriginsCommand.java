package dev.corsac.cli;

import dev.corsac.OriginTerms;
import dev.corsac.cli.text.Json;
import dev.corsac.cli.text.Printable;
import dev.corsac.finding.Finding;
import dev.corsac.origins.OriginRow;
import dev.corsac.origins.OriginStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
      AddOrigins.class,
      OriginsCommand.Remove.class,
      ImportOrigins.class,
      OriginsCommand.Export.class
    })
final class OriginsCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Which command? There are: list, add, remove, import, export.");
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
            refusals += OnStore.refused(findings) ? 1 : 0;
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
