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
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code attack soak}: good and hostile load for minutes, and what is left of it. */
@Command(
    name = "soak",
    description = {
      "Good clients beside hostile ones, for minutes, through ./corsac gateway in a small heap: distinct"
          + " origins, lists of 8 KB, slow clients, aborted uploads, generated attacks from both sides;"
          + " each minute a new configuration and other origins.",
      "Wrong is any response to a good client but the right one, a live heap of 5 MB more than after"
          + " 10,000 requests, 64 MB more memory than after the first minute, more than 20 kB of log a"
          + " second, and more than 600 series of metrics."
    },
    mixinStandardHelpOptions = true)
final class SoakCommand implements Callable<Integer> {
  private static final long MOST_GROWTH = 5_000_000;
  private static final long MOST_RESIDENT_GROWTH = 64_000_000;
  private static final long MOST_LOGGED_A_SECOND = 20_000;
  private static final long MOST_SERIES = 600;
  private static final int GOOD_CLIENTS = 4;
  private static final int FOLLOWED_ORIGINS = 1_000;

  @Option(names = "--minutes", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.")
  private int minutes = 10;

  @Option(
      names = "--origins",
      defaultValue = "100000",
      description = "Distinct hostile origins. Default: ${DEFAULT-VALUE}.")
  private long origins = 100_000;

  @Option(
      names = "--slow",
      defaultValue = "300",
      description = "Slow clients at a time. Default: ${DEFAULT-VALUE}.")
  private int slow = 300;

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
    CorsacProcess[] started = new CorsacProcess[1];
    try (RecordingUpstream steady = new RecordingUpstream();
        RecordingUpstream attacked = new RecordingUpstream();
        Lab lab =
            new Lab(
                attacked,
                port ->
                    started[0] = new CorsacProcess(files(0, port, steady.port()), javaOptions))) {
      CorsacProcess gateway = started[0];
      run(lab, gateway, minute -> files(minute, attacked.port(), steady.port()));
      return wrong.isEmpty() ? 0 : 1;
    }
  }

  private void run(Lab lab, CorsacProcess gateway, IntFunction<Map<String, String>> files)
      throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Load load = new Load(gateway.port(), GatewayConfig.STEADY);
    Hostiles hostiles = new Hostiles(gateway.port(), GatewayConfig.STEADY);
    load.requests(10_000);
    out.println(Vitals.HEADER);
    Vitals few = Vitals.atRest(gateway);
    out.println(few.line("10,000 requests, at rest", load.sent(), load.takeLatencies()));
    out.flush();
    List<Thread> threads = start(lab, load, hostiles);
    Vitals first = few;
    Vitals last = few;
    for (int minute = 1; minute <= minutes; minute++) {
      TimeUnit.MINUTES.sleep(1);
      Latencies latencies = load.takeLatencies();
      last = Vitals.of(gateway);
      load.takeLatencies(); // of the time of the collection
      out.println(last.line(minute + " minutes", load.sent(), latencies));
      out.flush();
      first = minute == 1 ? last : first;
      files.apply(minute).forEach(gateway::write);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Vitals rest = Vitals.atRest(gateway);
    out.println(rest.line("the end, at rest", load.sent(), load.takeLatencies()));
    wrong.addAll(load.wrong());
    wrong.addAll(hostiles.wrong());
    most("bytes of live heap more", rest.heap() - few.heap(), MOST_GROWTH);
    most("bytes of memory more", last.resident() - first.resident(), MOST_RESIDENT_GROWTH);
    most("bytes of log a second", rest.logged() / (60L * minutes), MOST_LOGGED_A_SECOND);
    most("series of metrics", rest.series(), MOST_SERIES);
    wrong.forEach(out::println);
    out.println(hostiles + ", " + load.sent() + " good requests: " + wrong.size() + " reports");
    out.flush();
  }

  private void most(String what, long is, long most) {
    if (is > most) {
      wrong.add(is + " " + what + ": too much, at most " + most);
    }
  }

  private static Map<String, String> files(int minute, int attacked, int steady) {
    String followed =
        IntStream.range(0, FOLLOWED_ORIGINS)
            .mapToObj(i -> "https://shop" + i + "-" + minute + ".example\n")
            .collect(Collectors.joining());
    return Map.of(
        CorsacProcess.CONFIG,
        GatewayConfig.watched(attacked, steady, minute),
        "origins.txt",
        followed);
  }

  private List<Thread> start(Lab lab, Load load, Hostiles hostiles) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    BooleanSupplier goesOn = () -> System.nanoTime() < end;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < GOOD_CLIENTS; i++) {
      threads.add(Threads.start("good", () -> load.requestsWhile(goesOn, 2)));
    }
    threads.add(Threads.start("generated", () -> attack(lab, goesOn)));
    threads.add(Threads.start("origins", () -> hostiles.origins(origins, end)));
    threads.add(Threads.start("lists", () -> hostiles.lists(goesOn)));
    threads.add(Threads.start("slow", () -> hostiles.slow(slow, goesOn)));
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
}
