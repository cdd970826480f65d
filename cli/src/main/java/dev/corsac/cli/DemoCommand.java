package dev.corsac.cli;

import dev.corsac.cli.text.Printable;
import dev.corsac.demo.Demo;
import dev.corsac.gateway.PortTakenException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code corsac demo}: the guide's API, the gateway, and a page on two origins. */
@Command(
    name = "demo",
    description = {
      "Starts a small API behind the gateway, and one page on two origins: one that the policy lists, one that it does not.",
      "Everything listens on the loopback address only.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:stopped by Ctrl-C or SIGTERM", "2:a taken port, or wrong arguments"})
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = PortOption.class,
      defaultValue = "8000",
      description = "Where the gateway listens. Default: ${DEFAULT-VALUE}; 0 is any free port.")
  private int port;

  @Option(
      names = "--allowed-port",
      paramLabel = "PORT",
      converter = PortOption.class,
      defaultValue = "3000",
      description = "Where the allowed page is. Default: ${DEFAULT-VALUE}.")
  private int allowedPort;

  @Option(
      names = "--unlisted-port",
      paramLabel = "PORT",
      converter = PortOption.class,
      defaultValue = "4000",
      description = "Where the same page is on an origin of no list. Default: ${DEFAULT-VALUE}.")
  private int unlistedPort;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (Demo demo = Demo.start(port, allowedPort, unlistedPort)) {
      out.println();
      out.println(demo.welcome());
      out.println("ready");
      out.flush();
      Signals.awaitStop();
      out.println();
      return 0;
    } catch (PortTakenException e) {
      String other = "choose another port with " + option(e.address().port()) + " PORT";
      return TakenPort.report(err, e, other);
    } catch (IOException e) {
      err.println(Printable.text("The demo did not start: " + e.getMessage() + "."));
      return 2;
    }
  }

  private String option(int taken) {
    if (taken == port) {
      return "--port";
    }
    return taken == allowedPort ? "--allowed-port" : "--unlisted-port";
  }
}
