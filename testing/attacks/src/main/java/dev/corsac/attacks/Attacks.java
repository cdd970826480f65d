package dev.corsac.attacks;

import dev.corsac.attacks.lab.Program;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The long runs: attacks on a proxy from both sides, as many and as long as wanted.
 *
 * <p>Not thread-safe; runs once.
 */
@Command(
    name = "attack",
    description = {"Attacks a reverse proxy from both sides, and says what was wrong.", ""},
    mixinStandardHelpOptions = true,
    subcommands = {CasesCommand.class, FuzzCommand.class, MemoryCommand.class, SoakCommand.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing was wrong",
      "1:something was",
      "2:wrong arguments, or something is missing"
    })
public final class Attacks {
  private Attacks() {}

  private static int explain(Exception e, CommandLine command, CommandLine.ParseResult result)
      throws Exception {
    if (e instanceof Program.Missing) {
      command.getErr().println(e.getMessage());
      return 2;
    }
    throw e;
  }

  /** Runs what the arguments say, and exits with a code. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Attacks())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(Attacks::explain)
            .execute(arguments));
  }
}
