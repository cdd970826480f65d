package dev.corsac.cli;

import dev.corsac.cli.text.Printable;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code corsac} command: its subcommands are in the table below. */
@Command(
    name = "corsac",
    description = "CORS for the JVM: policies, checked before they are enforced.",
    mixinStandardHelpOptions = true,
    versionProvider = Corsac.Version.class)
public final class Corsac implements Runnable {
  /** EX_SOFTWARE of sysexits.h: none of the codes by which a command says what it found. */
  static final int FAILED = 70;

  private static final Map<String, Class<?>> SUBCOMMANDS = subcommands();

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
      return commandLine(args).setOut(out).setErr(err).execute(args);
    } catch (StackOverflowError | OutOfMemoryError e) {
      return fail(e, err);
    } finally {
      out.flush();
      err.flush();
    }
  }

  /**
   * The parser of these arguments. It knows the one subcommand that they begin with, since to read
   * the annotations of all takes longer than most of them run; otherwise it knows all.
   */
  private static CommandLine commandLine(String... args) {
    CommandLine command = new CommandLine(new Corsac());
    Class<?> asked = args.length == 0 ? null : SUBCOMMANDS.get(args[0]);
    if (asked == null) {
      SUBCOMMANDS.forEach(command::addSubcommand);
    } else {
      command.addSubcommand(args[0], asked);
    }
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Corsac::explain)
        .setExecutionExceptionHandler((e, failed, parsed) -> fail(e, failed.getErr()));
  }

  /**
   * In the order of the help. Named here, since to read one annotation is to load all that it
   * names.
   */
  private static Map<String, Class<?>> subcommands() {
    Map<String, Class<?>> all = new LinkedHashMap<>();
    all.put("demo", DemoCommand.class);
    all.put("gateway", GatewayCommand.class);
    all.put("lint", LintCommand.class);
    all.put("diff", DiffCommand.class);
    all.put("doctor", DoctorCommand.class);
    all.put("explain", ExplainCommand.class);
    all.put("audit", AuditCommand.class);
    all.put("origins", OriginsCommand.class);
    all.put("keys", KeysCommand.class);
    all.put("rule", PageCommand.OfRule.class);
    all.put("problem", PageCommand.OfProblem.class);
    all.put("check", PageCommand.OfCheck.class);
    return all;
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
