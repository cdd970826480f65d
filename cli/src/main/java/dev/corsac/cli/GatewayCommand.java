package dev.corsac.cli;

import dev.corsac.Severity;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.ConfigResult;
import dev.corsac.config.ConfigWatcher;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.FileFinding;
import dev.corsac.gateway.Gateway;
import dev.corsac.gateway.PortTakenException;
import dev.corsac.gateway.Signals;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code corsac gateway}: the reverse proxy. */
@Command(
    name = "gateway",
    description = {
      "Puts the policy of a corsac.yaml in front of servers that know nothing of CORS.",
      "A changed file, and SIGHUP, reload it; if it has an error, the policy from before stays.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by Ctrl-C or SIGTERM",
      "2:an error in the file, a taken port, or wrong arguments"
    })
final class GatewayCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "corsac.yaml",
      description = "The configuration. Default: ${DEFAULT-VALUE}.")
  private Path file = Path.of("corsac.yaml");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    CorsacConfig config = read(err);
    if (config == null) {
      return 2;
    }
    try (Gateway gateway = Gateway.start(config);
        ConfigWatcher watcher = gateway.follow(file, System.getenv())) {
      Signals.on("HUP", watcher::reload);
      out.println("listening on " + gateway.url());
      gateway.adminUrl().ifPresent(url -> out.println("admin on " + url));
      out.flush();
      Signals.awaitStop();
      return 0;
    } catch (PortTakenException e) {
      boolean admin = config.admin().map(e.address()::equals).orElse(false);
      err.println(
          "Port "
              + e.address().port()
              + " is taken by another program. Stop it, or change "
              + (admin ? "admin: " : "listen: ")
              + e.address()
              + " in "
              + file
              + ".");
      return 2;
    } catch (IOException e) {
      err.println("The gateway did not start: " + e.getMessage() + ".");
      return 2;
    }
  }

  private @Nullable CorsacConfig read(PrintWriter err) {
    if (!Files.isRegularFile(file)) {
      throw new ParameterException(
          spec.commandLine(), file + " is not there; name the file with --config FILE.");
    }
    try {
      ConfigResult result = ConfigLoader.load(file, System.getenv());
      List<FileFinding> findings = result.findings();
      if (!findings.isEmpty()) {
        new TextReport(err, spec.commandLine().getColorScheme()).print(findings, List.of(file));
      }
      boolean broken = findings.stream().anyMatch(each -> each.severity() == Severity.ERROR);
      return broken ? null : result.config().orElse(null);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), file + " cannot be read.", e);
    }
  }
}
