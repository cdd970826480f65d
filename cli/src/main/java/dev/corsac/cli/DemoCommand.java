package dev.corsac.cli;

import dev.corsac.cli.option.PortOption;
import dev.corsac.cli.text.Printable;
import dev.corsac.demo.Demo;
import dev.corsac.demo.Ports;
import dev.corsac.gateway.PortTakenException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code corsac demo}: the lab on two origins, and the guide's API behind the gateway. */
@Command(
    name = "demo",
    description = {
      "Starts the CORS lab: a page on two origins that makes real requests and shows what the browser does with them.",
      "Beside it a small API behind the gateway, to try with curl.",
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
      description =
          "Where the lab is, on the origin that the policies list. Default: ${DEFAULT-VALUE}.")
  private int allowedPort;

  @Option(
      names = "--unlisted-port",
      paramLabel = "PORT",
      converter = PortOption.class,
      defaultValue = "4000",
      description = "Where the same page is on an origin of no list. Default: ${DEFAULT-VALUE}.")
  private int unlistedPort;

  @Option(
      names = "--sandbox-port",
      paramLabel = "PORT",
      converter = PortOption.class,
      defaultValue = "8100",
      description = "Where the lab's experiments are made. Default: ${DEFAULT-VALUE}.")
  private int sandboxPort;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (Demo demo = Demo.start(new Ports(port, allowedPort, unlistedPort, sandboxPort))) {
      // Whoever reads the next line may send a signal.
      CountDownLatch stop = Signals.stop();
      out.println();
      out.println(demo.welcome());
      out.println("ready");
      out.flush();
      stop.await();
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
    if (taken == allowedPort) {
      return "--allowed-port";
    }
    return taken == unlistedPort ? "--unlisted-port" : "--sandbox-port";
  }
}
