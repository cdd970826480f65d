package dev.corsac.gateway.watch;

import dev.corsac.Shadow;
import dev.corsac.origins.OriginsStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's metrics. No label has text that a client can choose, and there are no more series
 * than the configuration has routes for. Thread-safe.
 */
public final class Meters implements AutoCloseable {
  /** What has no route: requests that cannot be read, and hosts that are not served. */
  public static final String NO_ROUTE = "none";

  /** The content type of {@link #scrape}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final int MOST_SHADOWS = 100;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final RouteMeters none = new RouteMeters(NO_ROUTE, registry);
  private final AtomicLong loaded = new AtomicLong();
  private final AtomicLong broken = new AtomicLong();
  private final MultiGauge originsAge;
  private final MultiGauge originsCount;
  private final MultiGauge originsCurrent;
  private final MultiGauge originsSkipped;
  private final InstantSource clock;
  private final MultiGauge shadowed;
  private volatile Supplier<List<OriginsStatus>> origins = List::of;
  private volatile Supplier<Map<String, Shadow>> shadows = Map::of;

  Meters(InstantSource clock) {
    this.clock = clock;
    for (var binder :
        List.of(
            new JvmMemoryMetrics(),
            collections,
            new JvmThreadMetrics(),
            new ClassLoaderMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics(),
            new FileDescriptorMetrics())) {
      binder.bindTo(registry);
    }
    String version = Meters.class.getPackage().getImplementationVersion();
    Gauge.builder("corsac.build.info", () -> 1)
        .description("1, with the version of the gateway")
        .tag("version", version == null ? "development" : version)
        .register(registry);
    TimeGauge.builder("corsac.config.loaded", () -> loaded, TimeUnit.SECONDS)
        .description("When the configuration that is served was read, in seconds since 1970")
        .register(registry);
    Gauge.builder("corsac.config.current", () -> broken.get() == 0 ? 1 : 0)
        .description("0 while the configuration file has errors and an older one is served")
        .register(registry);
    shadowed =
        gauges(
            "corsac.shadow.requests",
            "Requests by what a candidate policy would make of them, since it is served",
            null);
    originsAge =
        gauges(
            "corsac.origins.age",
            "Time since the place was known to say what is served; +Inf if it was never read",
            "seconds");
    originsCount = gauges("corsac.origins", "Origins that are served", null);
    originsSkipped =
        gauges(
            "corsac.origins.skipped",
            "Origins that are left out: invalid, ended or too dangerous",
            null);
    originsCurrent = gauges("corsac.origins.current", "1 if the place can be read, 0 if not", null);
  }

  private MultiGauge gauges(String name, String description, @Nullable String unit) {
    return MultiGauge.builder(name).description(description).baseUnit(unit).register(registry);
  }

  /** Metrics for a route of this label. */
  public RouteMeters route(String label) {
    return label.equals(NO_ROUTE) ? none : new RouteMeters(label, registry);
  }

  /** Metrics for what has no route. */
  public RouteMeters none() {
    return none;
  }

  /** A configuration was read, and is served if it has no errors. */
  public void configured(boolean good) {
    if (good) {
      loaded.set(clock.instant().getEpochSecond());
    }
    broken.set(good ? 0 : 1);
  }

  /** Where the state of the sources of origins is asked. */
  public void origins(Supplier<List<OriginsStatus>> source) {
    origins = source;
  }

  /** Where candidate policies are asked, by their routes. */
  public void shadows(Supplier<Map<String, Shadow>> source) {
    shadows = source;
  }

  /** How it stands with the sources of origins. */
  public List<OriginsStatus> origins() {
    return origins.get();
  }

  /** Counts what is open or used now. */
  public void gauge(String name, String description, LongSupplier value) {
    Gauge.builder(name, value, LongSupplier::getAsLong)
        .strongReference(true)
        .description(description)
        .register(registry);
  }

  /** Says whether something is so, as 1 or 0. */
  public void gauge(String name, String description, BooleanSupplier value) {
    gauge(name, description, () -> value.getAsBoolean() ? 1L : 0L);
  }

  /** Shows what is counted elsewhere. */
  public void counter(String name, String description, LongSupplier value) {
    FunctionCounter.builder(name, value, LongSupplier::getAsLong)
        .description(description)
        .register(registry);
  }

  /** Counts. */
  Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  /** All of them, in the text format of Prometheus. Takes some milliseconds. */
  public String scrape() {
    List<OriginsStatus> places = origins.get();
    Instant now = clock.instant();
    show(
        originsAge,
        places,
        each -> each.age(now).map(age -> age.toMillis() / 1000.0).orElse(Double.POSITIVE_INFINITY));
    show(originsCount, places, OriginsStatus::origins);
    show(originsSkipped, places, OriginsStatus::skipped);
    show(originsCurrent, places, each -> each.state() == OriginsStatus.State.CURRENT ? 1 : 0);
    shadowed.register(
        shadows.get().entrySet().stream()
            .limit(MOST_SHADOWS)
            .flatMap(each -> rows(each.getKey(), each.getValue()))
            .toList(),
        true);
    return registry.scrape();
  }

  private static Stream<MultiGauge.Row<?>> rows(String route, Shadow shadow) {
    return Stream.of(
        row(route, "agrees", shadow.agreed()),
        row(route, "would-allow", shadow.wouldAllow()),
        row(route, "would-block", shadow.wouldBlock()));
  }

  private static MultiGauge.Row<?> row(String route, String outcome, long requests) {
    return MultiGauge.Row.of(Tags.of("route", route, "outcome", outcome), requests);
  }

  /** Labels hold what the configuration says, nothing else. */
  private static void show(
      MultiGauge gauge, List<OriginsStatus> places, ToDoubleFunction<OriginsStatus> value) {
    gauge.register(
        places.stream()
            .map(
                each ->
                    MultiGauge.Row.of(
                        Tags.of("from", each.from().toString()), value.applyAsDouble(each)))
            .toList(),
        true);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
