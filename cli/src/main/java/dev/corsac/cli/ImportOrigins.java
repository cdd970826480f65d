package dev.corsac.cli;

import dev.corsac.OriginTerms;
import dev.corsac.cli.option.FileOption;
import dev.corsac.cli.text.Json;
import dev.corsac.finding.Finding;
import dev.corsac.origins.OriginRow;
import dev.corsac.origins.OriginStore;
import dev.corsac.origins.OriginsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code corsac origins import}. */
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
final class ImportOrigins extends OnStore {
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
