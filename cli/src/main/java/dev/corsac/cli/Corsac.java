package dev.corsac.cli;

import dev.corsac.cli.text.Printable;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code corsac} command: its subcommands are the classes named below. */
@Command(
    name = "corsac",
    description = "CORS for the JVM: policies, checked before they are enforced.",
    mixinStandardHelpOptions = true,
    versionProvider = Corsac.Version.class,
    subcommands = {
      DemoCommand.class,
      GatewayCommand.class,
      LintCommand.class,
      DiffCommand.class,
      DoctorCommand.class,
      ExplainCommand.class,
      AuditCommand.class,
      OriginsCommand.class,
      KeysCommand.class,
      PageCommand.OfRule.class,
      PageCommand.OfProblem.class,
      PageCommand.OfCheck.class
    })
public final class Corsac implements Runnable {
  /** EX_SOFTWARE of sysexits.h: none of the codes by which a command says what it found. */
  static final int FAILED = 70;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private Corsac() {}

  /** Runs the command and ends with its exit code. */
  public static void main(String... args) {
    System.exit(run(args));
  }

  /**
   * Runs the command on the standard streams.
   *
   * @return its exit code; 2 if the arguments are wrong
   */
  public static int run(String... args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    return run(out, err, args);
  }

  static int run(PrintWriter out, PrintWriter err, String... args) {
    try {
      return commandLine().setOut(out).setErr(err).execute(args);
    } catch (StackOverflowError | OutOfMemoryError e) {
      return fail(e, err);
    } finally {
      out.flush();
      err.flush();
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Corsac())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Corsac::explain)
        .setExecutionExceptionHandler((e, command, parsed) -> fail(e, command.getErr()));
  }

  /** Without a subcommand there is nothing to do but to say which there are. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Which command? There are: " + String.join(", ", spec.subcommands().keySet()) + ".");
  }

  private static int explain(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(Printable.text(e.getMessage() == null ? "Wrong arguments." : e.getMessage()));
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
      // The whole usage would push the message out of sight.
      err.println("See " + command.getCommandSpec().qualifiedName() + " --help.");
    }
    return CommandLine.ExitCode.USAGE;
  }

  /** What nobody foresaw, in one line, with the place that whoever mends it needs. */
  private static int fail(Throwable e, PrintWriter err) {
    String place =
        Arrays.stream(e.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("dev.corsac."))
            .findFirst()
            .map(frame -> " at " + frame)
            .orElse("");
    err.println(Printable.text("Corsac has failed, which is a mistake in it: " + e + place));
    return FAILED;
  }

  /** The version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Corsac.class.getPackage().getImplementationVersion();
      return new String[] {"corsac " + (version == null ? "(not from a jar)" : version)};
    }
  }
}
