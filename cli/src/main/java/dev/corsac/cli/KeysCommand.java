package dev.corsac.cli;

import dev.corsac.cli.text.Json;
import dev.corsac.gateway.guard.NewApiKey;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code corsac keys}: API keys for {@code guards: api_keys}. */
@Command(
    name = "keys",
    description = "API keys for the gateway's guard api_keys.",
    mixinStandardHelpOptions = true,
    subcommands = KeysCommand.Create.class)
final class KeysCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? There is: create.");
  }

  /** {@code corsac keys create}. */
  @Command(
      name = "create",
      description = {
        "Makes an API key of 256 random bits, and the hash by which the gateway knows it.",
        "The key is printed once and kept nowhere; give it to the client on a safe way.",
        ""
      },
      mixinStandardHelpOptions = true,
      sortOptions = false,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {"0:made", "2:wrong arguments"})
  static final class Create implements Callable<Integer> {
    enum Format {
      text,
      json
    }

    @Option(
        names = "--id",
        paramLabel = "ID",
        defaultValue = "client",
        description = "Whose key it is, as upstreams are told. Default: ${DEFAULT-VALUE}.")
    private String id = "client";

    @Option(
        names = "--format",
        defaultValue = "text",
        description = "How to print it: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.text;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private record KeyJson(String id, String key, String sha256) {}

    @Override
    public Integer call() {
      if (!id.matches("[A-Za-z0-9._~@:/-]{1,128}")) {
        throw new ParameterException(
            spec.commandLine(), "An ID is letters, digits and . _ ~ @ : / - only.");
      }
      NewApiKey made = NewApiKey.create();
      PrintWriter out = spec.commandLine().getOut();
      if (format == Format.json) {
        out.println(Json.text(new KeyJson(id, made.key(), made.sha256())));
      } else {
        out.println(
            "For the client, who sends it in the header X-API-Key (it is not shown again):");
        out.println("  " + made.key());
        out.println("For corsac.yaml, below guards: api_keys: keys:");
        out.println("  - { id: \"" + id + "\", sha256: " + made.sha256() + " }");
      }
      return 0;
    }
  }
}
