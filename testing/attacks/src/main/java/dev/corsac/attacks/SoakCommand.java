package dev.corsac.attacks;

import dev.corsac.attacks.fuzz.ClientFuzzer;
import dev.corsac.attacks.fuzz.Fuzzer;
import dev.corsac.attacks.fuzz.UpstreamFuzzer;
import dev.corsac.attacks.http.Threads;
import dev.corsac.attacks.lab.CorsacProcess;
import dev.corsac.attacks.lab.GatewayConfig;
import dev.corsac.attacks.lab.Lab;
import dev.corsac.attacks.lab.RecordingUpstream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code attack soak}: good and hostile load for minutes, and what is left of it. */
@Command(
    name = "soak",
    description =
        "Good clients, generated attacks from both sides and aborted uploads at once, for minutes.",
    mixinStandardHelpOptions = true)
final class SoakCommand implements Callable<Integer> {
  /** A connection that closes just then is rare; more of them are a fault of the gateway's pool. */
  private static final long ONE_UNREPEATED_IN = 10_000;

  private static final long MOST_GROWTH = 5_000_000;
  private static final int GOOD_CLIENTS = 4;

  @Option(names = "--minutes", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.")
  private int minutes = 10;

  @Option(
      names = "--java-options",
      defaultValue = "-Xmx128m",
      description = "For the gateway. Default: ${DEFAULT-VALUE}.")
  private String javaOptions = "-Xmx128m";

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    RecordingUpstream upstream = new RecordingUpstream();
    CorsacProcess[] started = new CorsacProcess[1];
    try (Lab lab =
        new Lab(
            upstream,
            port -> started[0] = new CorsacProcess(GatewayConfig.yaml(0, port), javaOptions))) {
      CorsacProcess gateway = started[0];
      Load load = new Load(gateway.port(), true);
      load.requests(10_000);
      out.println(Vitals.HEADER);
      Vitals few = Vitals.atRest(gateway.pid());
      out.println(few.line("10,000 requests, at rest", load.sent(), load.takeLatencies()));
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
      BooleanSupplier goesOn = () -> System.nanoTime() < end;
      List<Thread> threads = start(lab, load, goesOn);
      for (int minute = 1; minute <= minutes; minute++) {
        TimeUnit.MINUTES.sleep(1);
        row(out, gateway, load, minute + " minutes");
      }
      for (Thread thread : threads) {
        thread.join();
      }
      Vitals rest = Vitals.atRest(gateway.pid());
      out.println(rest.line("the end, at rest", load.sent(), load.takeLatencies()));
      wrong.addAll(load.wrong());
      wrong.forEach(out::println);
      long growth = rest.heap() - few.heap();
      out.println(
          load.unrepeated()
              + " POSTs met a connection that the hostile upstream closed just then, and got 502; "
              + wrong.size()
              + " reports; live heap grew by "
              + growth / 1000
              + " kB");
      out.flush();
      boolean rare = load.unrepeated() <= load.sent() / ONE_UNREPEATED_IN;
      return wrong.isEmpty() && rare && growth <= MOST_GROWTH ? 0 : 1;
    }
  }

  private List<Thread> start(Lab lab, Load load, BooleanSupplier goesOn) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < GOOD_CLIENTS; i++) {
      threads.add(Threads.start("good", () -> load.requestsWhile(goesOn, 2)));
    }
    threads.add(Threads.start("hostile", () -> attack(lab, goesOn)));
    threads.add(
        Threads.start(
            "aborting",
            () -> {
              for (int i = 0; goesOn.getAsBoolean(); i++) {
                load.abort(i % 3 == 0);
                Threads.sleep(10);
              }
            }));
    return threads;
  }

  private void attack(Lab lab, BooleanSupplier goesOn) {
    List<Fuzzer> fuzzers = List.of(new ClientFuzzer(lab), new UpstreamFuzzer(lab));
    long seed = ThreadLocalRandom.current().nextInt(1 << 30);
    try {
      for (; goesOn.getAsBoolean(); seed++) {
        for (Fuzzer fuzzer : fuzzers) {
          wrong.addAll(fuzzer.round(seed));
        }
      }
    } catch (Exception e) {
      wrong.add("seed " + seed + ": " + e);
    }
  }

  private static void row(PrintWriter out, CorsacProcess gateway, Load load, String after) {
    Latencies latencies = load.takeLatencies();
    Vitals vitals = Vitals.of(gateway.pid());
    load.takeLatencies(); // of the time of the collection
    out.println(vitals.line(after, load.sent(), latencies));
    out.flush();
  }
}
