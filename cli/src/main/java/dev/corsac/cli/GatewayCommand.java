package dev.corsac.cli;

import dev.corsac.cli.log.CommandLog;
import dev.corsac.cli.option.FileOption;
import dev.corsac.cli.text.Printable;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.ConfigResult;
import dev.corsac.config.ConfigWatcher;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.FileFinding;
import dev.corsac.config.watch.LogFormat;
import dev.corsac.gateway.Gateway;
import dev.corsac.gateway.PortTakenException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
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
      converter = FileOption.class,
      description = "The configuration. Default: ${DEFAULT-VALUE}.")
  private Path file = Path.of("corsac.yaml");

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ConfigResult read = read(err);
    CorsacConfig config = read.config().orElse(null);
    if (config == null) {
      return 2;
    }
    try (Gateway gateway = Gateway.start(config);
        ConfigWatcher watcher = gateway.follow(file, System.getenv())) {
      Signals.on("HUP", watcher::reload);
      String profile = read.profile().map(name -> "profile " + name).orElse("no profile");
      String from = " (" + file + ", " + profile + ")";
      // Whoever reads the next line may send a signal.
      CountDownLatch stop = Signals.stop();
      out.println("listening on " + gateway.url() + Printable.text(from));
      gateway.adminUrl().ifPresent(url -> out.println("admin on " + url));
      out.flush();
      stop.await();
      return 0;
    } catch (PortTakenException e) {
      boolean admin = config.admin().map(e.address()::equals).orElse(false);
      String key = admin ? "admin: " : "listen: ";
      return TakenPort.report(err, e, "change " + key + e.address() + " in " + file);
    } catch (IOException e) {
      err.println(Printable.text("The gateway did not start: " + e.getMessage() + "."));
      return 2;
    } finally {
      CommandLog.flush();
    }
  }

  private ConfigResult read(PrintWriter err) {
    if (Files.notExists(file)) {
      throw new ParameterException(
          spec.commandLine(), file + " is not there; name the file with --config FILE.");
    }
    try {
      ConfigResult result = ConfigLoader.load(FileOption.readable(spec, file), System.getenv());
      List<FileFinding> findings = result.findings();
      boolean json =
          result.config().map(each -> each.watching().log() == LogFormat.JSON).orElse(false);
      CommandLog.json(json);
      if (json) {
        findings.forEach(each -> LoggerFactory.getLogger("corsac").warn("corsac  {}", each));
      } else if (!findings.isEmpty()) {
        new LintText(err, spec.commandLine().getColorScheme()).print(findings, List.of(file));
      }
      return result;
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), FileOption.problem(file, e), e);
    }
  }
}
