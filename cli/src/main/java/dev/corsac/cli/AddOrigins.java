package dev.corsac.cli;

import dev.corsac.OriginTerms;
import dev.corsac.cli.text.Json;
import dev.corsac.cli.text.Printable;
import dev.corsac.finding.Finding;
import dev.corsac.origins.OriginRow;
import dev.corsac.origins.OriginStore;
import dev.corsac.origins.OriginsFile;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code corsac origins add}. */
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
final class AddOrigins extends OnStore {
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
}
