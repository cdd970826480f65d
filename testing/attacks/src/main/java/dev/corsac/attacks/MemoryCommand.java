package dev.corsac.attacks;

import dev.corsac.attacks.lab.CorsacProcess;
import dev.corsac.attacks.lab.GatewayConfig;
import dev.corsac.attacks.lab.RecordingUpstream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code attack memory}: whether anything is kept of what is finished. */
@Command(
    name = "memory",
    description = {
      "Sends many requests, and uploads that are given up, through ./corsac gateway in a small heap.",
      "Wrong is any response but the right one, and a live heap of 5 MB more than after 10,000."
    },
    mixinStandardHelpOptions = true)
final class MemoryCommand implements Callable<Integer> {
  private static final long MOST_GROWTH = 5_000_000;
  private static final int WARM_UP = 10_000;

  @Option(names = "--requests", defaultValue = "200000", description = "Default: ${DEFAULT-VALUE}.")
  private long requests = 200_000;

  @Option(names = "--aborted", defaultValue = "50000", description = "Default: ${DEFAULT-VALUE}.")
  private long aborted = 50_000;

  @Option(
      names = "--java-options",
      defaultValue = "-Xmx128m",
      description = "For the gateway. Default: ${DEFAULT-VALUE}.")
  private String javaOptions = "-Xmx128m";

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (RecordingUpstream upstream = new RecordingUpstream();
        CorsacProcess gateway =
            new CorsacProcess(GatewayConfig.patient(upstream.port()), javaOptions)) {
      Load load = new Load(gateway.port());
      out.println(Vitals.HEADER);
      row(out, gateway, load, "start");
      load.requests(WARM_UP);
      Vitals few = row(out, gateway, load, "the first requests");
      load.requests(Math.max(0, requests - 2 * WARM_UP));
      row(out, gateway, load, "most of the requests");
      load.requests(WARM_UP);
      Vitals many = row(out, gateway, load, "the last requests");
      load.abortedUploads(aborted);
      Vitals given = row(out, gateway, load, aborted + " aborted uploads");
      load.requests(WARM_UP);
      Vitals last = row(out, gateway, load, "requests after these");
      load.wrong().forEach(out::println);
      upstream.complaints().stream().limit(20).forEach(out::println);
      long most = Math.max(many.heap(), Math.max(given.heap(), last.heap()));
      boolean kept = most - few.heap() > MOST_GROWTH;
      out.println(
          load.wrong().size()
              + " wrong responses; live heap at most "
              + (most - few.heap()) / 1000
              + " kB above that after "
              + WARM_UP
              + " requests"
              + (kept ? ": too much" : ""));
      out.flush();
      return kept || !load.wrong().isEmpty() ? 1 : 0;
    }
  }

  private static Vitals row(PrintWriter out, CorsacProcess gateway, Load load, String after) {
    Latencies latencies = load.takeLatencies();
    Vitals vitals = Vitals.atRest(gateway);
    out.println(vitals.line(after, load.sent(), latencies));
    out.flush();
    return vitals;
  }
}
