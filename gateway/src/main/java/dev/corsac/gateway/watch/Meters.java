package dev.corsac.gateway.watch;

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
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The gateway's metrics. No label has text that a client can choose, and there are no more series
 * than the configuration has routes for. Thread-safe.
 */
public final class Meters implements AutoCloseable {
  /** What has no route: requests that cannot be read, and hosts that are not served. */
  public static final String NO_ROUTE = "none";

  /** The content type of {@link #scrape}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final RouteMeters none = new RouteMeters(NO_ROUTE, registry);
  private final AtomicLong loaded = new AtomicLong();
  private final AtomicLong broken = new AtomicLong();
  private final MultiGauge originsAge;
  private final MultiGauge originsCount;
  private final MultiGauge originsCurrent;
  private final InstantSource clock;
  private volatile Supplier<List<OriginsStatus>> origins = List::of;

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
    originsAge =
        MultiGauge.builder("corsac.origins.age")
            .description("How long ago the origins that are served were read from their source")
            .baseUnit("seconds")
            .register(registry);
    originsCount =
        MultiGauge.builder("corsac.origins")
            .description("Origins that are served of a source")
            .register(registry);
    originsCurrent =
        MultiGauge.builder("corsac.origins.current")
            .description("0 while the source of origins cannot be read")
            .register(registry);
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
    List<OriginsStatus> now = origins.get();
    long seconds = clock.instant().getEpochSecond();
    originsAge.register(
        now.stream()
            .map(
                each ->
                    MultiGauge.Row.of(
                        source(each), Math.max(0, seconds - each.loaded().getEpochSecond())))
            .toList(),
        true);
    originsCount.register(
        now.stream().map(each -> MultiGauge.Row.of(source(each), each.origins())).toList(), true);
    originsCurrent.register(
        now.stream().map(each -> MultiGauge.Row.of(source(each), each.current() ? 1 : 0)).toList(),
        true);
    return registry.scrape();
  }

  private static Tags source(OriginsStatus status) {
    return Tags.of("source", status.source());
  }

  /** How many series there are. */
  long series() {
    return scrape().lines().filter(line -> !line.startsWith("#")).count();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
