package dev.corsac.gateway.watch;

import dev.corsac.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one route. A series begins with what it counts first; all their labels are words
 * of ours, but for the route's, which is the configuration's. Thread-safe.
 */
public final class RouteMeters implements AutoCloseable {
  private static final Duration[] UPSTREAM_BUCKETS = {
    Duration.ofMillis(2), Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25),
    Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500),
    Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5), Duration.ofSeconds(10),
    Duration.ofSeconds(30), Duration.ofSeconds(60)
  };

  private final String label;
  private final MeterRegistry registry;
  private final List<Meter> meters = new ArrayList<>();
  private final Map<Kind, Map<Reason, AtomicReference<@Nullable Counter>>> decisions =
      new EnumMap<>(Kind.class);
  private final Map<Reason, AtomicReference<@Nullable Counter>> reported = none();
  private final Map<By, AtomicReferenceArray<@Nullable Counter>> responses =
      new EnumMap<>(By.class);
  private final Map<String, Counter> refusals = new ConcurrentHashMap<>();
  private final Map<String, Counter> guards = new ConcurrentHashMap<>();
  private volatile @Nullable Timer requests;
  private volatile @Nullable Timer upstream;
  private boolean closed;

  RouteMeters(String label, MeterRegistry registry) {
    this.label = label;
    this.registry = registry;
    for (Kind kind : Kind.values()) {
      decisions.put(kind, none());
    }
    for (By by : By.values()) {
      responses.put(by, new AtomicReferenceArray<>(Statuses.count()));
    }
  }

  /** What is filled once a reason comes; the maps themselves never change. */
  private static Map<Reason, AtomicReference<@Nullable Counter>> none() {
    Map<Reason, AtomicReference<@Nullable Counter>> none = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      none.put(reason, new AtomicReference<>());
    }
    return none;
  }

  /** Metrics that nobody sees. */
  public static RouteMeters unseen(String label) {
    return new RouteMeters(label, new SimpleMeterRegistry());
  }

  /** What tells the route apart, in metrics and events. */
  public String label() {
    return label;
  }

  void decided(Kind kind, Reason reason) {
    var slot = Objects.requireNonNull(Objects.requireNonNull(decisions.get(kind)).get(reason));
    Counter counter = slot.get();
    if (counter == null) {
      counter =
          add(
              Counter.builder("corsac.decisions")
                  .description("Requests by what the CORS policy decided")
                  .tag("kind", kind.id())
                  .tag("reason", reason.id()));
      slot.set(counter);
    }
    counter.increment();
  }

  void reported(Reason reason) {
    var slot = Objects.requireNonNull(reported.get(reason));
    Counter counter = slot.get();
    if (counter == null) {
      counter =
          add(
              Counter.builder("corsac.would.refuse")
                  .description("Requests that passed and that enforce_report would refuse")
                  .tag("reason", reason.id()));
      slot.set(counter);
    }
    counter.increment();
  }

  void responded(By by, int status, long nanos) {
    int statusIndex = Statuses.index(status);
    var slots = Objects.requireNonNull(responses.get(by));
    Counter counter = slots.get(statusIndex);
    if (counter == null) {
      counter =
          add(
              Counter.builder("corsac.responses")
                  .description("Responses by status, and by whose they are")
                  .tag("status", Statuses.label(statusIndex))
                  .tag("by", by.id()));
      slots.set(statusIndex, counter);
    }
    counter.increment();
    Timer timer = requests;
    if (timer == null) {
      timer =
          add(
              Timer.builder("corsac.requests")
                  .description("From the head of a request to the end of its response"));
      requests = timer;
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  void upstreamResponded(long nanos) {
    Timer timer = upstream;
    if (timer == null) {
      timer =
          add(
              Timer.builder("corsac.upstream")
                  .description(
                      "From the wish for a connection to an upstream to the head of its response")
                  .serviceLevelObjectives(UPSTREAM_BUCKETS));
      upstream = timer;
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  void refused(String reason) {
    refusals
        .computeIfAbsent(
            reason,
            each ->
                add(
                    Counter.builder("corsac.refusals")
                        .description("Requests that the gateway refused for a reason of its own")
                        .tag("reason", each)))
        .increment();
  }

  /** What guards said of a request; of one that was let in, all of them at once. */
  void guarded(String guard, String result) {
    guards
        .computeIfAbsent(
            result.equals("admitted") ? "" : guard,
            each ->
                add(
                    Counter.builder("corsac.guards")
                        .description("What the guards of a route said of requests")
                        .tag("guard", guard)
                        .tag("result", result)))
        .increment();
  }

  private synchronized Counter add(Counter.Builder builder) {
    return keep(builder.tag("route", label).register(registry));
  }

  private synchronized Timer add(Timer.Builder builder) {
    return keep(builder.tag("route", label).register(registry));
  }

  private <M extends Meter> M keep(M meter) {
    if (closed) {
      registry.remove(meter);
    } else {
      meters.add(meter);
    }
    return meter;
  }

  /** Ends its series: the route is gone. */
  @Override
  public synchronized void close() {
    closed = true;
    meters.forEach(registry::remove);
    meters.clear();
  }
}
